/** The side that may send a status code in a close frame. */
export type StatusCodeSender = 'either' | 'server' | 'client' | 'nobody';

/** One status code, or a range of them that are treated alike. RFC 6455 §7.4, IANA's registry. */
export interface StatusCodeInfo {
  /** First and last code, both included. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly meaning: string;
  /** Which side may send it in a close frame, if any. */
  readonly sender: StatusCodeSender;
  /** Whether JavaScript may pass it to close(). WHATWG WebSockets. */
  readonly fromScript: boolean;
  /** The section of RFC 6455, or the registry that added it later. */
  readonly source: string;
}

const code = (
  from: number,
  to: number,
  name: string,
  sender: StatusCodeSender,
  source: string,
  meaning: string,
): StatusCodeInfo => ({
  from,
  to,
  name,
  meaning,
  sender,
  fromScript: from === 1000 || (from >= 3000 && to <= 4999),
  source,
});

/** Every value that the two bytes can hold, in order and without a gap. RFC 6455 §7.4. */
export const STATUS_CODES: readonly StatusCodeInfo[] = [
  code(0, 999, 'unused', 'nobody', '7.4.2', 'Not used.'),
  code(1000, 1000, 'normal closure', 'either', '7.4.1', 'The purpose of the connection is fulfilled.'),
  code(1001, 1001, 'going away', 'either', '7.4.1', 'The server shuts down, or the browser leaves the page.'),
  code(1002, 1002, 'protocol error', 'either', '7.4.1', 'The peer broke a rule of the protocol.'),
  code(1003, 1003, 'unsupported data', 'either', '7.4.1', 'A kind of message that this endpoint does not accept.'),
  code(1004, 1004, 'reserved', 'nobody', '7.4.1', 'Reserved: it may get a meaning one day.'),
  code(
    1005,
    1005,
    'no status received',
    'nobody',
    '7.4.1',
    'The close event has this code if the close frame had none.',
  ),
  code(1006, 1006, 'abnormal closure', 'nobody', '7.4.1', 'The close event has this code if no close frame arrived.'),
  code(
    1007,
    1007,
    'invalid payload data',
    'either',
    '7.4.1',
    'A message whose bytes do not fit its type, such as text that is not UTF-8.',
  ),
  code(
    1008,
    1008,
    'policy violation',
    'either',
    '7.4.1',
    'A message that breaks a policy of the endpoint. Also the code to use if no other fits.',
  ),
  code(1009, 1009, 'message too big', 'either', '7.4.1', 'A message that is longer than the endpoint accepts.'),
  code(
    1010,
    1010,
    'mandatory extension',
    'client',
    '7.4.1',
    'The client needs an extension that the server did not accept.',
  ),
  code(1011, 1011, 'internal error', 'either', '7.4.1', 'The endpoint met something that it could not deal with.'),
  code(1012, 1012, 'service restart', 'server', 'IANA', 'The server restarts: come back in a while.'),
  code(1013, 1013, 'try again later', 'server', 'IANA', 'The server is overloaded: come back later.'),
  code(1014, 1014, 'bad gateway', 'server', 'IANA', 'A gateway got an invalid answer from the server behind it.'),
  code(1015, 1015, 'TLS handshake', 'nobody', '7.4.1', 'The close event has this code if the TLS handshake failed.'),
  code(1016, 2999, 'unassigned', 'nobody', '7.4.2', 'Reserved for later versions of the protocol and its extensions.'),
  code(
    3000,
    3999,
    'registered',
    'either',
    '7.4.2',
    'For libraries, frameworks and applications that have registered it with IANA.',
  ),
  code(4000, 4999, 'private', 'either', '7.4.2', 'For private use, between your own page and your own server.'),
  code(5000, 0xffff, 'out of range', 'nobody', '11.7', 'Not used: the registry ends at 4999.'),
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
