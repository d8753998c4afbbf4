/** What is open beside the connections: the listening socket, standard input and output, and what Node itself uses. */
const OWN_DESCRIPTORS = 40;
/** Connections that are not, or not yet, WebSockets have room beside those that are. */
const SPARE_FOR_HTTP = 256;
/** A connection of HTTP, and a file that is sent on it. */
const DESCRIPTORS_FOR_HTTP = 2;

/** How many connections a server takes, and how many files it sends at a time. */
export interface Room {
  readonly webSockets: number;
  readonly http: number;
  /** How many files it has open at a time. */
  readonly files: number;
}

/**
 * Keeps within the descriptors that the process may have. When they are out, the system can neither
 * accept a connection nor refuse it: so the server refuses, and says so, while it still can.
 */
export function roomFor(maxConnections: number, descriptors = MOST_DESCRIPTORS): Room {
  const room = Math.max(descriptors - OWN_DESCRIPTORS, 0);
  const http = Math.min(SPARE_FOR_HTTP, Math.ceil(room / (2 * DESCRIPTORS_FOR_HTTP)));
  return { http, files: http, webSockets: Math.min(maxConnections, room - DESCRIPTORS_FOR_HTTP * http) };
}

/** What the system allows this process; Infinity where it sets no limit, or does not say. */
const MOST_DESCRIPTORS = ((): number => {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
})();
