/** Descriptors other than connections: the listening sockets, standard input and output, and Node's own. */
const OWN_DESCRIPTORS = 40;
/** Connections reserved for HTTP, including those that are not WebSockets yet. */
const SPARE_FOR_HTTP = 256;
/** An HTTP connection needs one descriptor for itself and one for the file that it sends. */
const DESCRIPTORS_FOR_HTTP = 2;

/** The number of connections that a server accepts, and of files that it sends at a time. */
export interface Room {
  readonly webSockets: number;
  readonly http: number;
  /** The number of files that may be open at a time. */
  readonly files: number;
}

/**
 * Computes how many connections fit into the descriptors of this process. Without a free descriptor the system can
 * neither accept nor refuse a connection, so the server starts refusing earlier, with an answer.
 */
export function roomFor(maxConnections: number, descriptors = MAX_DESCRIPTORS): Room {
  const room = Math.max(descriptors - OWN_DESCRIPTORS, 0);
  const http = Math.min(SPARE_FOR_HTTP, Math.ceil(room / (2 * DESCRIPTORS_FOR_HTTP)));
  return { http, files: http, webSockets: Math.min(maxConnections, room - DESCRIPTORS_FOR_HTTP * http) };
}

/** The limit of the system for this process; Infinity if it sets none or does not tell. */
const MAX_DESCRIPTORS = ((): number => {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
})();
