/** The side that may send a status code in a close frame. */
export type StatusCodeSender = 'either' | 'server' | 'client' | 'nobody';

/** One status code, or a range of them that are treated alike. RFC 6455 §7.4, IANA's registry. */
export interface StatusCodeInfo {
  /** First and last code, both included. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** May it stand in a close frame, and who sends it. */
  readonly sender: StatusCodeSender;
  /** Whether JavaScript may pass it to close(). WHATWG WebSockets. */
  readonly fromScript: boolean;
  /** The section of RFC 6455, or the registry that added it later. */
  readonly source: string;
}

const code = (from: number, to: number, name: string, sender: StatusCodeSender, source: string): StatusCodeInfo => ({
  from,
  to,
  name,
  sender,
  fromScript: from === 1000 || (from >= 3000 && to <= 4999),
  source,
});

/** Every value that the two bytes can hold, in order and without a gap. RFC 6455 §7.4. */
export const STATUS_CODES: readonly StatusCodeInfo[] = [
  code(0, 999, 'unused', 'nobody', '7.4.2'),
  code(1000, 1000, 'normal closure', 'either', '7.4.1'),
  code(1001, 1001, 'going away', 'either', '7.4.1'),
  code(1002, 1002, 'protocol error', 'either', '7.4.1'),
  code(1003, 1003, 'unsupported data', 'either', '7.4.1'),
  code(1004, 1004, 'reserved', 'nobody', '7.4.1'),
  code(1005, 1005, 'no status received', 'nobody', '7.4.1'),
  code(1006, 1006, 'abnormal closure', 'nobody', '7.4.1'),
  code(1007, 1007, 'invalid payload data', 'either', '7.4.1'),
  code(1008, 1008, 'policy violation', 'either', '7.4.1'),
  code(1009, 1009, 'message too big', 'either', '7.4.1'),
  code(1010, 1010, 'mandatory extension', 'client', '7.4.1'),
  code(1011, 1011, 'internal error', 'either', '7.4.1'),
  code(1012, 1012, 'service restart', 'server', 'IANA'),
  code(1013, 1013, 'try again later', 'server', 'IANA'),
  code(1014, 1014, 'bad gateway', 'server', 'IANA'),
  code(1015, 1015, 'TLS handshake', 'nobody', '7.4.1'),
  code(1016, 2999, 'unassigned', 'nobody', '7.4.2'),
  code(3000, 3999, 'registered', 'either', '7.4.2'),
  code(4000, 4999, 'private', 'either', '7.4.2'),
  code(5000, 0xffff, 'out of range', 'nobody', '11.7'),
];

/** The server is overloaded. IANA's registry of WebSocket close codes. */
export const TRY_AGAIN_LATER = 1013;

/** The close code in the event if the close frame had no status code; never sent. RFC 6455 §7.1.5. */
export const NO_STATUS_RECEIVED = 1005;

/** The close code in the event if no close frame arrived; never sent. RFC 6455 §7.1.5. */
export const ABNORMAL_CLOSURE = 1006;

/**
 * Looks up a status code. RFC 6455 §7.4.
 *
 * @param statusCode 0 to 65,535
 * @throws RangeError for a value that two bytes cannot hold
 */
export function statusCodeInfo(statusCode: number): StatusCodeInfo {
  const info = STATUS_CODES.find(({ from, to }) => from <= statusCode && statusCode <= to);
  if (info === undefined || !Number.isInteger(statusCode)) {
    throw new RangeError(`status code ${statusCode}: two bytes hold an integer from 0 to 65,535`);
  }
  return info;
}

/** Whether a close frame may contain a status code. RFC 6455 §7.4. */
export function maySend(statusCode: number): boolean {
  return statusCodeInfo(statusCode).sender !== 'nobody';
}
