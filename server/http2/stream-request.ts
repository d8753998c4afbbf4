import type { IncomingHttpHeaders } from 'node:http2';
import { type HttpRefusal, refusal } from '../../src/companion/policy/refusal.ts';
import { EXAMPLE_KEY, type Header, type RequestHead } from '../../src/protocol/index.ts';

/** RFC 8441 §4. */
const WEBSOCKET_PROTOCOL = 'websocket';

/**
 * Reads a CONNECT of HTTP/2 as the request of RFC 6455 that it stands for, so that the same rules decide. RFC 8441 §5.1: the
 * key, the upgrade and the connection are not sent, and the scheme, the authority and the path are pseudo-headers.
 *
 * @param fields names and values in turn, as they came
 * @returns the refusal if the CONNECT is not for a WebSocket
 */
export function requestOfStream(
  headers: IncomingHttpHeaders,
  fields: readonly string[],
): { readonly head: RequestHead } | { readonly refused: HttpRefusal } {
  const protocol = headers[':protocol'];
  if (protocol === undefined) {
    const sentence = 'This CONNECT has no :protocol. To open a WebSocket, send :protocol with the value websocket.';
    return { refused: refusal(400, sentence, 'connect-without-protocol') };
  }
  if (String(protocol).toLowerCase() !== WEBSOCKET_PROTOCOL) {
    // RFC 9220 §3 names the status for HTTP/3, and nothing speaks against it here.
    const sentence = 'The only :protocol of this server is websocket.';
    return { refused: refusal(501, sentence, 'unknown-connect-protocol') };
  }
  const given: Header[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const name = fields[i] as string;
    if (!name.startsWith(':') && name !== 'host') given.push({ name, value: fields[i + 1] as string });
  }
  const authority = headers[':authority'] ?? headers['host'];
  return {
    head: {
      method: 'GET',
      target: headers[':path'] ?? '',
      httpVersion: '1.1',
      headers: [
        ...(authority === undefined ? [] : [{ name: 'host', value: authority }]),
        { name: 'upgrade', value: 'websocket' },
        { name: 'connection', value: 'Upgrade' },
        { name: 'sec-websocket-key', value: EXAMPLE_KEY },
        ...given,
      ],
    },
  };
}
