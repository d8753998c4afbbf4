import type { ClientCase, OpeningAnswer } from '../client-case.ts';
import { ANSWER_LINES, openingAnswer } from '../opening-answer.ts';
import { type CaseStart, opensCase, rejectsCase } from './forms.ts';

const [STATUS, UPGRADE, CONNECTION, ACCEPT] = ANSWER_LINES;

/** A correct answer in another form. The last column: why a client may refuse it all the same. */
const ACCEPTED: readonly [name: string, title: string, answer: OpeningAnswer, mayReject?: string][] = [
  ['plain', 'The plain answer', openingAnswer()],
  [
    'lower-case',
    'Header names in lower case',
    lines(STATUS, 'upgrade: websocket', 'connection: upgrade', 'sec-websocket-accept: {accept}'),
  ],
  [
    'upper-case',
    'Header names in upper case',
    lines(STATUS, 'UPGRADE: WEBSOCKET', 'CONNECTION: UPGRADE', 'SEC-WEBSOCKET-ACCEPT: {accept}'),
  ],
  [
    'mixed-case-tokens',
    'Upgrade: WebSocket, Connection: uPgRaDe',
    lines(STATUS, 'Upgrade: WebSocket', 'Connection: uPgRaDe', ACCEPT),
  ],
  [
    'spaces',
    'Extra spaces around every value',
    lines(STATUS, 'Upgrade:    websocket  ', 'Connection:   Upgrade ', 'Sec-WebSocket-Accept:   {accept}   '),
  ],
  [
    'tabs',
    'Tabs around every value',
    lines(STATUS, 'Upgrade:\twebsocket\t', 'Connection:\tUpgrade', 'Sec-WebSocket-Accept:\t{accept}\t'),
  ],
  [
    'no-spaces',
    'No space after the colons',
    lines(STATUS, 'Upgrade:websocket', 'Connection:Upgrade', 'Sec-WebSocket-Accept:{accept}'),
  ],
  ['other-order', 'The headers in another order', lines(STATUS, ACCEPT, CONNECTION, UPGRADE)],
  [
    'more-headers',
    'With Server, Date and an unknown header',
    lines(STATUS, 'Server: x', 'Date: Tue, 01 Dec 2026 10:00:00 GMT', UPGRADE, CONNECTION, ACCEPT, 'X-Unknown: 1'),
  ],
  [
    'connection-list',
    'Connection: keep-alive, Upgrade',
    lines(STATUS, UPGRADE, 'Connection: keep-alive, Upgrade', ACCEPT),
  ],
  [
    'connection-two-lines',
    'Two Connection headers',
    lines(STATUS, UPGRADE, 'Connection: keep-alive', CONNECTION, ACCEPT),
  ],
  ['no-reason-phrase', 'A status line without a reason', lines('HTTP/1.1 101 ', UPGRADE, CONNECTION, ACCEPT)],
  [
    'other-reason-phrase',
    'A status line with another reason',
    lines('HTTP/1.1 101 Web Socket Protocol Handshake', UPGRADE, CONNECTION, ACCEPT),
  ],
  ['cut-1', 'The answer byte by byte', openingAnswer({ cut: 1 })],
  ['cut-7', 'The answer cut every 7 bytes', openingAnswer({ cut: 7 })],
  ['frames-behind', 'A ping in the same write as the answer', openingAnswer({ withFirstStep: true })],
  ['frames-behind-cut-1', 'The answer and a ping, byte by byte', openingAnswer({ withFirstStep: true, cut: 1 })],
  [
    'obs-fold',
    'A folded header that does not matter',
    lines(STATUS, 'X-Unknown: one', ' two', UPGRADE, CONNECTION, ACCEPT),
    'RFC 9112 §5.2 forbids a server to fold; many parsers refuse it.',
  ],
];

/** Answers that a client must take. RFC 6455 §4.1 names what it must check, and nothing else. */
export const OPENING_ACCEPTED: readonly ClientCase[] = [
  opensCase({
    id: '4.1-request',
    title: 'The opening request is correct',
    section: '4.1',
    requirement:
      'A client sends GET with HTTP/1.1, Host, Upgrade, Connection, version 13 and a key of 16 bytes, each once.',
    extra: 'request',
  }),
  ...ACCEPTED.map(([name, title, answer, mayReject]) =>
    opensCase(
      {
        id: `4.1-opens-${name}`,
        title,
        section: '4.1',
        requirement:
          'A client compares names and tokens in any case, skips white space around values, and reads lists.',
        answer,
      },
      mayReject,
    ),
  ),
];

const MISSING = 'A client fails the connection if the answer lacks a header that it needs.';
const WRONG_VALUE = 'A client fails the connection if Upgrade or Connection does not have the right token.';
const WRONG_ACCEPT =
  'A client fails the connection if Sec-WebSocket-Accept is not the value computed from its key and the GUID.';
const REPEATED = 'Sec-WebSocket-Accept must not appear twice in an answer.';
const NOT_101 = 'Any status other than 101 means that the WebSocket connection is not open.';
const UNOFFERED_SUBPROTOCOL =
  'A client fails the connection if the server chooses a subprotocol that it did not offer.';
const UNOFFERED_EXTENSION = 'A client fails the connection if the server uses an extension that it did not offer.';
const DEFLATE_TERMS =
  'A client fails the connection if the answer has parameters that are unknown, repeated or invalid.';
const NOT_SAID = 'RFC 6455 §4.1 does not list this among what a client must check.';

type Rejected = readonly [name: string, title: string, requirement: string, answer: OpeningAnswer, mayOpen?: string];

const accept = (value: string): OpeningAnswer => lines(STATUS, UPGRADE, CONNECTION, `Sec-WebSocket-Accept: ${value}`);
const extension = (value: string): OpeningAnswer => lines(...ANSWER_LINES, `Sec-WebSocket-Extensions: ${value}`);

const HEADERS: readonly Rejected[] = [
  ['upgrade-missing', 'No Upgrade header', MISSING, lines(STATUS, CONNECTION, ACCEPT)],
  ['upgrade-other', 'Upgrade: h2c', WRONG_VALUE, lines(STATUS, 'Upgrade: h2c', CONNECTION, ACCEPT)],
  ['upgrade-longer', 'Upgrade: websockets', WRONG_VALUE, lines(STATUS, 'Upgrade: websockets', CONNECTION, ACCEPT)],
  ['upgrade-empty', 'An empty Upgrade header', WRONG_VALUE, lines(STATUS, 'Upgrade:', CONNECTION, ACCEPT)],
  [
    'upgrade-two-values',
    'Upgrade: websocket, h2c',
    WRONG_VALUE,
    lines(STATUS, 'Upgrade: websocket, h2c', CONNECTION, ACCEPT),
    'RFC 9110 §7.8 allows a list in Upgrade, and RFC 6455 asks for the value websocket: a client may read it either way.',
  ],
  ['upgrade-twice', 'Two Upgrade headers', WRONG_VALUE, lines(STATUS, UPGRADE, UPGRADE, CONNECTION, ACCEPT), NOT_SAID],
  ['connection-missing', 'No Connection header', MISSING, lines(STATUS, UPGRADE, ACCEPT)],
  ['connection-other', 'Connection: keep-alive', WRONG_VALUE, lines(STATUS, UPGRADE, 'Connection: keep-alive', ACCEPT)],
  ['connection-longer', 'Connection: Upgraded', WRONG_VALUE, lines(STATUS, UPGRADE, 'Connection: Upgraded', ACCEPT)],
  ['connection-empty', 'An empty Connection header', WRONG_VALUE, lines(STATUS, UPGRADE, 'Connection:', ACCEPT)],
  ['accept-missing', 'No accept', MISSING, lines(STATUS, UPGRADE, CONNECTION)],
  ['accept-empty', 'An empty accept', WRONG_ACCEPT, accept('')],
  ['accept-other-key', 'The accept of another key', WRONG_ACCEPT, accept('{other}')],
  ['accept-is-key', 'The key sent back as the accept', WRONG_ACCEPT, accept('{key}')],
  ['accept-lower-case', 'The accept in lower case', WRONG_ACCEPT, accept('{lower}')],
  ['accept-upper-case', 'The accept in upper case', WRONG_ACCEPT, accept('{upper}')],
  ['accept-unpadded', 'The accept without its padding', WRONG_ACCEPT, accept('{unpadded}')],
  ['accept-of-digits', 'Base64 of the digits of the hash', WRONG_ACCEPT, accept('{ofHexDigits}')],
  ['accept-nearly', 'The accept with a wrong last character', WRONG_ACCEPT, accept('{nearly}')],
  ['accept-longer', 'The accept with a letter behind it', WRONG_ACCEPT, accept('{accept}A')],
  ['accept-quoted', 'The accept in quotation marks', WRONG_ACCEPT, accept('"{accept}"')],
  [
    'accept-twice',
    'The right accept twice',
    REPEATED,
    lines(...ANSWER_LINES, ACCEPT),
    'RFC 6455 §11.3.3 binds the server; §4.1 has the client compare the value.',
  ],
  [
    'accept-twice-second-wrong',
    'A right accept, then a wrong one',
    WRONG_ACCEPT,
    lines(...ANSWER_LINES, 'Sec-WebSocket-Accept: {other}'),
    'RFC 6455 §11.3.3 binds the server; §4.1 does not say which of two values counts.',
  ],
  [
    'accept-twice-first-wrong',
    'A wrong accept, then a right one',
    WRONG_ACCEPT,
    lines(STATUS, UPGRADE, CONNECTION, 'Sec-WebSocket-Accept: {other}', ACCEPT),
    'RFC 6455 §11.3.3 binds the server; §4.1 does not say which of two values counts.',
  ],
  [
    'accept-folded',
    'An accept on a folded line',
    WRONG_ACCEPT,
    lines(STATUS, UPGRADE, CONNECTION, 'Sec-WebSocket-Accept:', ' {accept}'),
    'RFC 9112 §5.2 lets a client read a folded line as spaces.',
  ],
  [
    'space-before-colon',
    'A space before the colon of Upgrade',
    MISSING,
    lines(STATUS, 'Upgrade : websocket', CONNECTION, ACCEPT),
    'RFC 9112 §5.1 forbids the space, and asks only proxies to act.',
  ],
];

const NEGOTIATED: readonly Rejected[] = [
  [
    'subprotocol',
    'A subprotocol that was not offered',
    UNOFFERED_SUBPROTOCOL,
    lines(...ANSWER_LINES, 'Sec-WebSocket-Protocol: never-offered.example'),
  ],
  [
    'subprotocols',
    'Two subprotocols that were not offered',
    UNOFFERED_SUBPROTOCOL,
    lines(...ANSWER_LINES, 'Sec-WebSocket-Protocol: never-offered.example, other.example'),
  ],
  [
    'subprotocol-empty',
    'An empty Sec-WebSocket-Protocol',
    UNOFFERED_SUBPROTOCOL,
    lines(...ANSWER_LINES, 'Sec-WebSocket-Protocol:'),
    'The header names no subprotocol. RFC 6455 §4.1 speaks only of one that it indicates.',
  ],
  ['extension', 'An extension that was not offered', UNOFFERED_EXTENSION, extension('x-never-offered')],
  [
    'extension-twice',
    'permessage-deflate twice',
    UNOFFERED_EXTENSION,
    extension('permessage-deflate, permessage-deflate'),
  ],
  [
    'deflate-unknown',
    'permessage-deflate with an unknown parameter',
    DEFLATE_TERMS,
    extension('permessage-deflate; x-unknown'),
  ],
  [
    'deflate-repeated',
    'permessage-deflate with a repeated parameter',
    DEFLATE_TERMS,
    extension('permessage-deflate; server_no_context_takeover; server_no_context_takeover'),
  ],
  [
    'deflate-window-7',
    'permessage-deflate with server_max_window_bits=7',
    DEFLATE_TERMS,
    extension('permessage-deflate; server_max_window_bits=7'),
  ],
  [
    'deflate-window-16',
    'permessage-deflate with server_max_window_bits=16',
    DEFLATE_TERMS,
    extension('permessage-deflate; server_max_window_bits=16'),
  ],
  [
    'deflate-window-zero',
    'permessage-deflate with server_max_window_bits=010',
    DEFLATE_TERMS,
    extension('permessage-deflate; server_max_window_bits=010'),
  ],
  [
    'deflate-window-none',
    'permessage-deflate with server_max_window_bits without a value',
    DEFLATE_TERMS,
    extension('permessage-deflate; server_max_window_bits'),
  ],
  [
    'deflate-client-window-16',
    'permessage-deflate with client_max_window_bits=16',
    DEFLATE_TERMS,
    extension('permessage-deflate; client_max_window_bits=16'),
  ],
  [
    'deflate-value',
    'permessage-deflate with client_no_context_takeover=1',
    DEFLATE_TERMS,
    extension('permessage-deflate; client_no_context_takeover=1'),
  ],
];

const http = (status: string, ...headers: string[]): OpeningAnswer => ({
  ...lines(`HTTP/1.1 ${status}`, ...headers, 'Content-Length: 0', 'Connection: close'),
  endsTcp: true,
});

const STATUSES: readonly Rejected[] = [
  ['200', 'Status 200', NOT_101, http('200 OK')],
  [
    '200-upgrade',
    'Status 200 with all headers of a 101',
    NOT_101,
    lines('HTTP/1.1 200 OK', UPGRADE, CONNECTION, ACCEPT, 'Content-Length: 0'),
  ],
  ['301', 'A redirection, 301', NOT_101, http('301 Moved Permanently', 'Location: /landing')],
  ['307', 'A redirection, 307', NOT_101, http('307 Temporary Redirect', 'Location: /landing')],
  ['400', 'Status 400', NOT_101, http('400 Bad Request')],
  ['401', 'Status 401', NOT_101, http('401 Unauthorized', 'WWW-Authenticate: Basic realm="case"')],
  ['403', 'Status 403', NOT_101, http('403 Forbidden')],
  [
    '426',
    'Status 426 with version 8',
    NOT_101,
    http('426 Upgrade Required', 'Upgrade: websocket', 'Sec-WebSocket-Version: 8'),
  ],
  ['500', 'Status 500', NOT_101, http('500 Internal Server Error')],
  ['503', 'Status 503', NOT_101, http('503 Service Unavailable', 'Retry-After: 1')],
  [
    '102',
    'Status 102 with all headers of a 101',
    NOT_101,
    lines('HTTP/1.1 102 Processing', UPGRADE, CONNECTION, ACCEPT),
  ],
  [
    'http-1.0',
    'HTTP/1.0 101',
    'The status line of an answer has HTTP/1.1.',
    lines('HTTP/1.0 101 Switching Protocols', UPGRADE, CONNECTION, ACCEPT),
    NOT_SAID,
  ],
  [
    'not-http',
    'Bytes that are not HTTP',
    NOT_101,
    { ...openingAnswer(), head: 'SSH-2.0-OpenSSH_9.2\r\n', endsTcp: true },
  ],
  ['nothing', 'The end of TCP instead of an answer', NOT_101, { ...openingAnswer(), head: '', endsTcp: true }],
  [
    'half-head',
    'The end of TCP inside the answer',
    NOT_101,
    { ...openingAnswer(), head: `${STATUS}\r\n${UPGRADE}\r\n`, endsTcp: true },
  ],
];

const rejected = (section: string, [name, title, requirement, answer, mayOpen]: Rejected): ClientCase => {
  const start: CaseStart = { id: `4.1-rejects-${name}`, title, section, requirement, answer };
  return rejectsCase(start, mayOpen);
};

/** Answers that a client must refuse. RFC 6455 §4.1, and RFC 7692 §7.1 for compression. */
export const OPENING_REJECTED: readonly ClientCase[] = [
  ...[...HEADERS, ...STATUSES].map((each) => rejected('4.1', each)),
  ...NEGOTIATED.map((each) => rejected(each[0].startsWith('deflate-') ? 'RFC 7692 §7.1' : '4.1', each)),
];

function lines(...given: readonly string[]): OpeningAnswer {
  return openingAnswer({ lines: given });
}
