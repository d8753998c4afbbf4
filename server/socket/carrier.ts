import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

/** What carries the bytes of a connection in both directions: TCP, TLS, or a stream of HTTP/2. */
export type Carrier = Socket | ServerHttp2Stream;

/** RFC 9113 §7. RFC 8441 §5 has it stand for what ends TCP at once. */
const CANCEL = 8;

/** Whether the peer has ended the connection at once: by RST of TCP, or by RST_STREAM with an error. */
export function wasReset(carrier: Carrier): boolean {
  if (isStream(carrier)) return (carrier.rstCode ?? 0) !== 0;
  const code = (carrier.errored as NodeJS.ErrnoException | null)?.code;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

/** Ends the connection at once. */
export function cut(carrier: Carrier): void {
  if (isStream(carrier) && !carrier.closed && !carrier.destroyed) carrier.close(CANCEL);
  carrier.destroy();
}

/** Whether a stream of HTTP/2 carries the connection. */
export function isStream(carrier: Carrier): carrier is ServerHttp2Stream {
  return 'rstCode' in carrier;
}
