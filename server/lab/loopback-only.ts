/** Stands behind what is said of a server that is elsewhere. */
export const LOOPBACK_ONLY = 'From a page only localhost, 127.0.0.1 and [::1] are checked.';
