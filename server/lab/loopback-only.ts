/** Follows a message about a server on another machine. */
export const LOOPBACK_ONLY = 'A page can only test localhost, 127.0.0.1 and [::1].';
