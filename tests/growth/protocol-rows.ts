import { describeHeader } from '../../src/inspector/index.ts';
import { clientOpening, serverOpening } from '../../src/protocol/endpoint/opening.ts';
import { isHost } from '../../src/protocol/handshake/head/field-grammar.ts';
import {
  checkRequest,
  checkResponse,
  EXAMPLE_KEY,
  EXAMPLE_REQUEST,
  EXAMPLE_RESPONSE,
  parseRequestHead,
  parseResponseHead,
  parseTarget,
} from '../../src/protocol/index.ts';
import { escapeUnseen, quoteText } from '../../src/text/quote-text.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { HEAD, LONG, type Row, row, TRICKLE } from './row.ts';

const NAMES = [
  ...['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'Sec-WebSocket-Protocol'],
  ...['Sec-WebSocket-Extensions', 'Sec-WebSocket-Accept', 'Origin', 'Content-Length', 'User-Agent', 'Accept-Language'],
  ...['Cookie', 'Sec-CH-UA', 'X-Forwarded-For', 'Server'],
];

/** A head in which one header has this value; the others are right. */
function withHeader(head: string, name: string, value: string): Uint8Array {
  const lines = head.split('\r\n').filter((line) => !line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return encodeText([...lines.slice(0, -2), `${name}: ${value}`, '', ''].join('\r\n'));
}

function readRequest(bytes: Uint8Array): unknown {
  const parsed = parseRequestHead(bytes);
  return parsed.kind === 'complete' ? checkRequest(parsed.head) : parsed;
}

function readResponse(bytes: Uint8Array): unknown {
  const parsed = parseResponseHead(bytes);
  return parsed.kind === 'complete' ? checkResponse(parsed.head, { key: EXAMPLE_KEY, subprotocols: ['chat'] }) : parsed;
}

const opening = { host: 'localhost', target: '/', key: EXAMPLE_KEY };

/** Pushes bytes one by one, until a head is whole or refused. */
function pushEach(push: (chunk: Uint8Array) => unknown, text: string): void {
  for (const byte of encodeText(text)) if (push(Uint8Array.of(byte)) !== undefined) return;
}

export const PROTOCOL_ROWS: readonly Row[] = [
  row('the bytes of a request', HEAD, (text) => readRequest(encodeText(text))),
  row('what follows a request line', HEAD, (text) => readRequest(encodeText(`GET / HTTP/1.1\r\n${text}\r\n\r\n`))),
  row('a method', HEAD, (text) => readRequest(encodeText(`${text} / HTTP/1.1\r\n\r\n`))),
  row('the target of a request', HEAD, (text) => readRequest(encodeText(`GET /${text} HTTP/1.1\r\n\r\n`))),
  row('a target', HEAD, (text) => parseTarget(`/${text}`)),
  row('a target that is an address', HEAD, (text) => parseTarget(`ws://${text}`)),
  row('a Host', HEAD, isHost),
  row('the bytes of a response', HEAD, (text) => readResponse(encodeText(`HTTP/${text}`))),
  row('a reason phrase', HEAD, (text) => readResponse(encodeText(`HTTP/1.1 101 ${text}\r\n\r\n`))),
  row('a request, byte by byte', TRICKLE, (text) => pushEach(serverOpening({}).push, `GET / HTTP/1.1\r\na: ${text}`)),
  row('a response, byte by byte', TRICKLE, (text) => pushEach(clientOpening(opening).push, `HTTP/1.1 101 ${text}`)),
  ...NAMES.flatMap((name) => [
    row(`${name} of a request`, HEAD, (text) => readRequest(withHeader(EXAMPLE_REQUEST, name, text))),
    row(`${name} of a response`, HEAD, (text) => readResponse(withHeader(EXAMPLE_RESPONSE, name, text))),
    row(`${name}, explained`, HEAD, (text) => describeHeader(name, text)),
  ]),
  row('a name, explained', HEAD, (text) => describeHeader(text, text)),
  row('a quoted text', LONG, quoteText),
  row('a document without what is unseen', LONG, escapeUnseen),
];
