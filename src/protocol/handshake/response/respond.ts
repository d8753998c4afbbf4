import { computeAccept } from '../accept/accept-key.ts';
import type { Header, ResponseHead } from '../head/head.ts';
import type { Refusal } from '../head/refusal.ts';
import type { AcceptedRequest } from '../request/check-request.ts';

/**
 * Chooses the subprotocol of a connection: the first that the client offers and the server supports. RFC 6455 §4.2.2.
 *
 * @param offered the client's favorite first
 * @returns undefined if they have none in common. The server then names none, and the client decides: Chromium 153 fails
 *   the connection, Firefox 153 opens it
 */
export function chooseSubprotocol(offered: readonly string[], supported: readonly string[]): string | undefined {
  return offered.find((subprotocol) => supported.includes(subprotocol));
}

/**
 * Answers a request with the 101 that opens the connection. RFC 6455 §4.2.2, item 5.
 *
 * @param chosen without `extensions`, it declines them all; with `accept` if it has been computed already
 * @throws RangeError if the client did not offer the subprotocol: it would have to fail the connection
 */
export function acceptRequest(
  request: AcceptedRequest,
  chosen: {
    readonly subprotocol?: string | undefined;
    /** The value of Sec-WebSocket-Extensions. */
    readonly extensions?: string | undefined;
    readonly accept?: string;
  },
): ResponseHead {
  const { subprotocol, extensions, accept = computeAccept(request.key) } = chosen;
  const headers: Header[] = [
    { name: 'Upgrade', value: 'websocket' },
    { name: 'Connection', value: 'Upgrade' },
    { name: 'Sec-WebSocket-Accept', value: accept },
  ];
  if (subprotocol !== undefined) {
    if (!request.subprotocols.includes(subprotocol)) {
      throw new RangeError(`The client did not offer the subprotocol ${JSON.stringify(subprotocol)}.`);
    }
    headers.push({ name: 'Sec-WebSocket-Protocol', value: subprotocol });
  }
  if (extensions !== undefined) headers.push({ name: 'Sec-WebSocket-Extensions', value: extensions });
  return { httpVersion: '1.1', httpStatus: 101, reasonPhrase: 'Switching Protocols', headers };
}

const REASON_PHRASES = new Map([
  [400, 'Bad Request'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [408, 'Request Timeout'],
  [417, 'Expectation Failed'],
  [426, 'Upgrade Required'],
  [431, 'Request Header Fields Too Large'],
  [500, 'Internal Server Error'],
  [503, 'Service Unavailable'],
]);

/**
 * Answers a request with a refusal and the end of the connection. RFC 6455 §4.2.2.
 *
 * @param refusal from a check, or the server's own, such as a 404 for a path that it does not know
 * @returns the head, and the body that its Content-Length counts in bytes of UTF-8
 */
export function refuseRequest(refusal: Pick<Refusal, 'httpStatus' | 'sentence' | 'headers'>): {
  head: ResponseHead;
  body: string;
} {
  const { httpStatus } = refusal;
  const body = `${refusal.sentence}\n`;
  const required = refusal.headers.filter(({ name }) => name.toLowerCase() !== 'connection');
  const options = refusal.headers.filter((header) => !required.includes(header)).map(({ value }) => value);
  const headers = [
    ...required,
    { name: 'Connection', value: [...options, 'close'].join(', ') },
    { name: 'Content-Type', value: 'text/plain; charset=utf-8' },
    { name: 'Content-Length', value: String(new TextEncoder().encode(body).length) },
  ];
  return {
    head: { httpVersion: '1.1', httpStatus, reasonPhrase: REASON_PHRASES.get(httpStatus) ?? '', headers },
    body,
  };
}
