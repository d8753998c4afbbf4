import type { HandshakeRule } from '../../rule.ts';
import { EXAMPLE_REQUEST, inRequest, inResponse } from './example-heads.ts';
import { DEFAULT_HEAD_LIMITS } from './head.ts';

const HOST = 'Host: server.example.com';
const fillers = () => Array.from({ length: DEFAULT_HEAD_LIMITS.maxHeaders }, (_, index) => `X-Filler-${index + 1}: x`);

/** What can be wrong with the form of a head, in the order in which it is checked. RFC 9112 §2 to §5. */
export const HEAD_RULES = {
  malformedRequestLine: {
    name: 'malformed-request-line',
    section: 'RFC 9112 §3',
    httpStatus: 400,
    requirement: 'A request begins with a method, one space, the target, one space and the HTTP version.',
    why: 'The first line shows whether the client speaks HTTP at all. A server that repaired it could read another request than a proxy on the way did.',
    brokenBy: 'client',
    example: inRequest('GET /chat HTTP/1.1', 'GET  /chat HTTP/1.1'),
  },
  malformedStatusLine: {
    name: 'malformed-status-line',
    section: 'RFC 9112 §4',
    httpStatus: undefined,
    requirement:
      'A response begins with the HTTP version, one space, three digits, one space and a phrase, which can be empty.',
    why: 'The first line shows whether an HTTP server answered at all, and whether it agreed.',
    brokenBy: 'server',
    example: inResponse('HTTP/1.1 101 Switching Protocols', 'HTTP/1.1 OK'),
  },
  headTooLarge: {
    name: 'head-too-large',
    section: 'RFC 6585 §5',
    httpStatus: 431,
    requirement: 'A head must not be larger than its reader allows.',
    why: 'The reader has to collect the whole head. Without a limit, a head that never ends would fill its memory.',
    brokenBy: 'either',
    example: inRequest(HOST, HOST, `X-Filler: ${'x'.repeat(DEFAULT_HEAD_LIMITS.maxHeadBytes)}`),
  },
  tooManyHeaders: {
    name: 'too-many-headers',
    section: 'RFC 6585 §5',
    httpStatus: 431,
    requirement: 'A head must not have more header lines than its reader allows.',
    why: 'Every header costs its reader time and memory, even a short one.',
    brokenBy: 'either',
    example: inRequest(HOST, HOST, ...fillers()),
  },
  malformedLineEnd: {
    name: 'malformed-line-end',
    section: 'RFC 9112 §2.2',
    httpStatus: 400,
    requirement: 'Every line of a head ends with CR LF, and neither character appears anywhere else.',
    why: 'If two readers disagree about where a line ends, one of them sees a header that the other does not. Attackers use this to smuggle requests past a proxy.',
    brokenBy: 'either',
    example: EXAMPLE_REQUEST.replace(`${HOST}\r\n`, `${HOST}\n`),
  },
  foldedHeader: {
    name: 'folded-header',
    section: 'RFC 9112 §5.2',
    httpStatus: 400,
    requirement: 'A header is one line: no line begins with white space to continue the one before.',
    why: 'Some readers join such lines and others do not, so one of them sees a header that the other does not.',
    brokenBy: 'either',
    example: inRequest('Sec-WebSocket-Protocol: chat, superchat', 'Sec-WebSocket-Protocol: chat,', ' superchat'),
  },
  spaceBeforeColon: {
    name: 'space-before-colon',
    section: 'RFC 9112 §5.1',
    httpStatus: 400,
    requirement: 'There is no white space between the name of a header and its colon.',
    why: 'Proxies and servers have read such a line in different ways, and attackers have smuggled requests past them.',
    brokenBy: 'either',
    example: inRequest(HOST, 'Host : server.example.com'),
  },
  malformedHeaderName: {
    name: 'malformed-header-name',
    section: 'RFC 9112 §5',
    httpStatus: 400,
    requirement: 'A header line is a name, made of letters, digits and a few signs, then a colon and a value.',
    why: 'One reader might repair such a name and the next might drop the line, so they would see different headers.',
    brokenBy: 'either',
    example: inRequest('Origin: http://example.com', 'Ori(gin): http://example.com'),
  },
  forbiddenCharacterInHeader: {
    name: 'forbidden-character-in-header',
    section: 'RFC 9110 §5.5',
    httpStatus: 400,
    requirement: 'The value of a header contains no control character except the tab.',
    why: 'Some readers end a value at a NUL or a lone CR, and others read on. Attackers use this to hide a header.',
    brokenBy: 'either',
    example: inRequest('Origin: http://example.com', 'Origin: http://example\0.com'),
  },
} as const satisfies Record<string, HandshakeRule>;
