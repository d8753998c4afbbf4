import type { ConformanceCase } from '../case.ts';
import { text } from '../frames.ts';
import { type OpeningRequest, openingRequest, REQUEST_LINES } from '../opening-request.ts';
import { type CaseText, echoCase } from './forms.ts';

const [FIRST, HOST, UPGRADE, CONNECTION, KEY, VERSION] = REQUEST_LINES;

const replaced = (line: string, ...replacement: string[]) =>
  openingRequest({ lines: REQUEST_LINES.flatMap((own) => (own === line ? replacement : [own])) });
const added = (...lines: string[]) => openingRequest({ lines: [...REQUEST_LINES, ...lines] });
const renamed = (rename: (name: string) => string) =>
  openingRequest({
    lines: REQUEST_LINES.map((line, i) => (i === 0 ? line : line.replace(/^[^:]+/, rename))),
  });

const opens = (caseText: CaseText & { opening: OpeningRequest }): ConformanceCase =>
  echoCase(caseText, { items: [text('Hello')] });

const NAME_CASE = 'The names of header fields are compared without regard to case.';
const UPGRADE_TOKEN = 'Upgrade contains the value websocket, in any case.';
const CONNECTION_TOKEN = 'Connection contains the token Upgrade, in any case, among others.';
const FORM = 'The order of header fields, fields that nobody knows and white space around values mean nothing.';
const STREAM = 'TCP is a stream: where its pieces are cut means nothing.';
const ACCEPT = 'Sec-WebSocket-Accept is the base64 of the SHA-1 of the key, as it stands, and the GUID.';
const EXTENSIONS = 'A server that does not know an extension leaves it out, and opens the connection all the same.';
const SUBPROTOCOLS = 'A server names one of the subprotocols that were offered, or none.';

const FORMS: readonly [name: string, title: string, section: string, requirement: string, opening: OpeningRequest][] = [
  [
    'plain',
    'A request that keeps every rule',
    '4.2.2',
    'A request that keeps every rule is answered 101.',
    openingRequest(),
  ],
  ['names-lower', 'Header names in lower case', '4.2.1', NAME_CASE, renamed((name) => name.toLowerCase())],
  ['names-upper', 'Header names in upper case', '4.2.1', NAME_CASE, renamed((name) => name.toUpperCase())],
  ['upgrade-mixed', 'Upgrade: WebSocket', '4.2.1', UPGRADE_TOKEN, replaced(UPGRADE, 'Upgrade: WebSocket')],
  ['upgrade-upper', 'Upgrade: WEBSOCKET', '4.2.1', UPGRADE_TOKEN, replaced(UPGRADE, 'Upgrade: WEBSOCKET')],
  ['connection-lower', 'Connection: upgrade', '4.2.1', CONNECTION_TOKEN, replaced(CONNECTION, 'Connection: upgrade')],
  ['connection-upper', 'Connection: UPGRADE', '4.2.1', CONNECTION_TOKEN, replaced(CONNECTION, 'Connection: UPGRADE')],
  [
    'connection-list',
    'Connection: keep-alive, Upgrade',
    '4.2.1',
    CONNECTION_TOKEN,
    replaced(CONNECTION, 'Connection: keep-alive, Upgrade'),
  ],
  [
    'connection-list-tight',
    'Connection: Upgrade,keep-alive',
    '4.2.1',
    CONNECTION_TOKEN,
    replaced(CONNECTION, 'Connection: Upgrade,keep-alive'),
  ],
  [
    'connection-two-lines',
    'Two Connection lines',
    '4.2.1',
    CONNECTION_TOKEN,
    replaced(CONNECTION, 'Connection: keep-alive', 'Connection: Upgrade'),
  ],
  [
    'order-reversed',
    'Header lines in reverse order',
    '4.2.1',
    FORM,
    openingRequest({ lines: [FIRST, ...REQUEST_LINES.slice(1).reverse()] }),
  ],
  [
    'order-host-last',
    'Host as the last header',
    '4.2.1',
    FORM,
    openingRequest({ lines: [FIRST, UPGRADE, CONNECTION, KEY, VERSION, HOST] }),
  ],
  ['unknown-headers', 'Headers that nobody knows', '4.2.1', FORM, added('X-One: 1', 'X-Two: a: b: c', 'X-Empty:')],
  ['cookie', 'A Cookie header', '4.2.1', FORM, added('Cookie: a=1; b=2', 'User-Agent: framelight-check')],
  [
    'white-space',
    'Spaces and tabs around values',
    '4.2.1',
    FORM,
    openingRequest({
      lines: REQUEST_LINES.map((line, i) => (i === 0 ? line : line.replace(': ', ': \t ').concat(' \t'))),
    }),
  ],
  [
    'no-white-space',
    'No space after the colon',
    '4.2.1',
    FORM,
    openingRequest({ lines: REQUEST_LINES.map((line, i) => (i === 0 ? line : line.replace(': ', ':'))) }),
  ],
  [
    'absolute-target',
    'The whole address as the target',
    '4.2.1',
    'The target is a path, or a whole http or https address.',
    replaced(FIRST, 'GET http://{host}{target} HTTP/1.1'),
  ],
  [
    'origin-own',
    'An Origin of the server itself',
    '4.2.1',
    'An Origin may come with the request.',
    added('Origin: http://{host}'),
  ],
  ['cut-1', 'The request cut into single bytes', '4.2.1', STREAM, openingRequest({ cut: 1 })],
  ['cut-7', 'The request cut every 7 bytes', '4.2.1', STREAM, openingRequest({ cut: 7 })],
  [
    'frames-behind',
    'A frame in the same write as the request',
    '4.2.2',
    STREAM,
    openingRequest({ withFirstStep: true }),
  ],
  [
    'extension-unknown',
    'An extension that nobody knows',
    '4.2.2',
    EXTENSIONS,
    added('Sec-WebSocket-Extensions: x-framelight-unknown; level=9'),
  ],
  [
    'extensions-unknown',
    'Several unknown extensions in two lines',
    '9.1',
    EXTENSIONS,
    added(
      'Sec-WebSocket-Extensions: x-framelight-one, x-framelight-two; a; b="2"',
      'Sec-WebSocket-Extensions: x-framelight-three',
    ),
  ],
  ['subprotocol-none', 'No subprotocol offered', '4.2.2', SUBPROTOCOLS, openingRequest()],
  ['subprotocol-unknown', 'A subprotocol that nobody knows', '4.2.2', SUBPROTOCOLS, offering('x-framelight-unknown')],
  [
    'subprotocols-unknown',
    'Several subprotocols that nobody knows',
    '4.2.2',
    SUBPROTOCOLS,
    offering('x-framelight-one', 'x-framelight-two'),
  ],
];

/** Keys whose hashes a server cannot have guessed: all bits 0, all bits 1, with and without + and /. */
const KEYS = [
  'x3JJHMbDL1EzLkh9GBhXDw==',
  'AAAAAAAAAAAAAAAAAAAAAA==',
  '/////////////////////w==',
  'AQIDBAUGBwgJCgsMDQ4PEA==',
  '+/+/+/+/+/+/+/+/+/+/+w==',
];

/** Requests that a server has to accept, however they look. RFC 6455 §4.2. */
export const OPENING_ACCEPTED: readonly ConformanceCase[] = [
  ...FORMS.map(([name, title, section, requirement, opening]) =>
    opens({ id: `${section}-opens-${name}`, title, section, requirement, opening }),
  ),
  ...KEYS.map((key, i) =>
    opens({
      id: `4.2.2-accept-${i + 1}`,
      title: `The accept for the key ${key}`,
      section: '4.2.2',
      requirement: ACCEPT,
      opening: { ...replaced(KEY, `Sec-WebSocket-Key: ${key}`), key },
    }),
  ),
];

function offering(...subprotocols: string[]): OpeningRequest {
  const line = `Sec-WebSocket-Protocol: ${subprotocols.join(', ')}`;
  return openingRequest({ lines: [...REQUEST_LINES, line], subprotocols });
}
