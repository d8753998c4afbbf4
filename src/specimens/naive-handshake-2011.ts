import { computeAccept } from '../protocol/handshake/accept/accept-key.ts';
import { encodeText } from '../text/utf8.ts';

/** The exceptions that leave the code of 2011, by their names in Python. */
export type NaiveError = 'IndexError' | 'KeyError' | 'TypeError' | 'UnicodeDecodeError' | 'ValueError';

/** What became of a request. */
export type NaiveRequest =
  /** There is no empty line yet. */
  | { readonly kind: 'waits' }
  /** `path` is the request's target as it came, its query included. */
  | { readonly kind: 'reads'; readonly path: string; readonly reply: Uint8Array; readonly headBytes: number }
  | { readonly kind: 'raises'; readonly error: NaiveError; readonly headBytes: number };

const END_OF_HEAD = '\r\n\r\n';

/**
 * Reads and answers a request like the server in chapter 7 of a 2011 HTML5 book, including its mistakes. Written from a
 * description of that server. Do not use it for anything else.
 *
 * It splits each header line at every colon and space, compares names with their case, and checks neither the values nor
 * the origin. It repeats the whole list of subprotocols, sends no empty line, and ends its accept with a line feed.
 */
export function readNaiveRequest(received: Uint8Array): NaiveRequest {
  const text = Array.from(received, (byte) => String.fromCharCode(byte)).join('');
  const end = text.indexOf(END_OF_HEAD);
  if (end < 0) return { kind: 'waits' };
  const headBytes = end + END_OF_HEAD.length;
  const raises = (error: NaiveError): NaiveRequest => ({ kind: 'raises', error, headBytes });
  const [requestLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const parts = line.split(': ');
    if (parts.length !== 2) return raises('ValueError');
    headers.set(parts[0] as string, parts[1] as string);
  }
  // Both names are looked up as the browsers of 2011 wrote them.
  const key = headers.get('Sec-WebSocket-Key');
  if (key === undefined || !headers.has('Host')) return raises('KeyError');
  const path = requestLine.split(' ')[1];
  if (path === undefined) return raises('IndexError');
  return { kind: 'reads', path, reply: encodeText(replyTo(key, headers.get('Sec-WebSocket-Protocol'))), headBytes };
}

function replyTo(key: string, subprotocols: string | undefined): string {
  // The mistake: Python's function for whole texts ends each of its lines with a line feed, and the head has no end.
  const accept = `${computeAccept(key)}\n`;
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    ...(subprotocols === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocols}`]),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
