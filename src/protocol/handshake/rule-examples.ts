import { EXAMPLE_KEY, EXAMPLE_REQUEST, EXAMPLE_RESPONSE, replaceLine } from './head/example-heads.ts';
import { DEFAULT_HEAD_LIMITS } from './head/head-limits.ts';
import type { HEAD_RULES } from './head/rules.ts';
import type { REQUEST_RULES } from './request/rules.ts';
import type { RESPONSE_RULES } from './response/rules.ts';

// Beside the rules and not in them: whoever checks a head needs the rules, and no example.

type NameIn<Rules extends readonly { readonly name: string }[]> = Rules[number]['name'];

const REQUEST_LINE = 'GET /chat HTTP/1.1';
const HOST = 'Host: server.example.com';
const KEY = `Sec-WebSocket-Key: ${EXAMPLE_KEY}`;
const ORIGIN = 'Origin: http://example.com';
const VERSION = 'Sec-WebSocket-Version: 13';
const SUBPROTOCOLS = 'Sec-WebSocket-Protocol: chat, superchat';

const STATUS_LINE = 'HTTP/1.1 101 Switching Protocols';
const ACCEPT = 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const SUBPROTOCOL = 'Sec-WebSocket-Protocol: chat';

const { maxHeadBytes, maxHeaders } = DEFAULT_HEAD_LIMITS;
const FILLERS = Array.from({ length: maxHeaders }, (_, index) => `X-Filler-${index + 1}: x`);

const inRequest = (line: string, ...replacement: string[]) => replaceLine(EXAMPLE_REQUEST, line, ...replacement);
const inResponse = (line: string, ...replacement: string[]) => replaceLine(EXAMPLE_RESPONSE, line, ...replacement);

const HEAD_EXAMPLES = {
  'malformed-request-line': inRequest(REQUEST_LINE, 'GET  /chat HTTP/1.1'),
  'malformed-status-line': inResponse(STATUS_LINE, 'HTTP/1.1 OK'),
  'head-too-large': inRequest(HOST, HOST, `X-Filler: ${'x'.repeat(maxHeadBytes)}`),
  'too-many-headers': inRequest(HOST, HOST, ...FILLERS),
  'malformed-line-end': EXAMPLE_REQUEST.replace(`${HOST}\r\n`, `${HOST}\n`),
  'folded-header': inRequest(SUBPROTOCOLS, 'Sec-WebSocket-Protocol: chat,', ' superchat'),
  'space-before-colon': inRequest(HOST, HOST.replace(':', ' :')),
  'malformed-header-name': inRequest(ORIGIN, 'Ori(gin): http://example.com'),
  'forbidden-character-in-header': inRequest(ORIGIN, 'Origin: http://example\0.com'),
} satisfies Record<NameIn<typeof HEAD_RULES>, string>;

const REQUEST_EXAMPLES = {
  'method-not-get': inRequest(REQUEST_LINE, 'POST /chat HTTP/1.1'),
  'http-version-too-low': inRequest(REQUEST_LINE, 'GET /chat HTTP/1.0'),
  'missing-host': inRequest(HOST),
  'repeated-host': inRequest(HOST, HOST, HOST),
  'malformed-host': inRequest(HOST, 'Host: http://server.example.com'),
  'missing-upgrade': inRequest('Upgrade: websocket'),
  'upgrade-not-websocket': inRequest('Upgrade: websocket', 'Upgrade: h2c'),
  'connection-not-upgrade': inRequest('Connection: Upgrade', 'Connection: keep-alive'),
  'missing-key': inRequest(KEY),
  'repeated-key': inRequest(KEY, KEY, KEY),
  'malformed-key': inRequest(KEY, 'Sec-WebSocket-Key: c2hvcnQ='),
  'missing-version': inRequest(VERSION),
  'repeated-version': inRequest(VERSION, VERSION, VERSION),
  'unsupported-version': inRequest(VERSION, 'Sec-WebSocket-Version: 8'),
  'request-with-body': inRequest(VERSION, VERSION, 'Content-Length: 5'),
  'repeated-origin': inRequest(ORIGIN, ORIGIN, ORIGIN),
  'malformed-target': inRequest(REQUEST_LINE, 'GET chat HTTP/1.1'),
  'malformed-subprotocols': inRequest(SUBPROTOCOLS, 'Sec-WebSocket-Protocol: chat,, superchat'),
  'repeated-subprotocol': inRequest(SUBPROTOCOLS, 'Sec-WebSocket-Protocol: chat, chat'),
  'malformed-extensions': inRequest(VERSION, VERSION, 'Sec-WebSocket-Extensions: permessage-deflate; =15'),
} satisfies Record<NameIn<typeof REQUEST_RULES>, string>;

const RESPONSE_EXAMPLES = {
  'status-not-101': inResponse(STATUS_LINE, 'HTTP/1.1 200 OK'),
  'response-http-version-too-low': inResponse(STATUS_LINE, STATUS_LINE.replace('1.1', '1.0')),
  'response-without-upgrade': inResponse('Upgrade: websocket'),
  'response-upgrade-not-websocket': inResponse('Upgrade: websocket', 'Upgrade: h2c'),
  'response-connection-not-upgrade': inResponse('Connection: Upgrade', 'Connection: keep-alive'),
  'missing-accept': inResponse(ACCEPT),
  'repeated-accept': inResponse(ACCEPT, ACCEPT, ACCEPT),
  'wrong-accept': inResponse(ACCEPT, 'Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk='),
  'extension-not-offered': inResponse(ACCEPT, ACCEPT, 'Sec-WebSocket-Extensions: permessage-deflate'),
  'several-subprotocols': inResponse(SUBPROTOCOL, 'Sec-WebSocket-Protocol: chat, superchat'),
  'subprotocol-not-offered': inResponse(SUBPROTOCOL, 'Sec-WebSocket-Protocol: Chat'),
} satisfies Record<NameIn<typeof RESPONSE_RULES>, string>;

/** For every rule of the opening handshake a head that breaks it and no other. RFC 6455 §4. */
export const HANDSHAKE_EXAMPLES = { ...HEAD_EXAMPLES, ...REQUEST_EXAMPLES, ...RESPONSE_EXAMPLES };
