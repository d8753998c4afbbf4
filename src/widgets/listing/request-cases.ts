import { EXAMPLE_KEY, joinLines } from '../../protocol/handshake/head/example-heads.ts';
import type { Input, ListingCase } from './case.ts';

/** Where both servers listen. */
export const HOST = 'localhost:8080';

const KEY_LINE = `Sec-WebSocket-Key: ${EXAMPLE_KEY}`;

/** A request that keeps every rule, with `lines` added, and with other lines, or none, in place of its own. */
function request(
  path: string,
  lines: readonly string[],
  replaced: Readonly<Record<string, string | undefined>> = {},
): Input {
  const usual = [`Host: ${HOST}`, 'Upgrade: websocket', 'Connection: Upgrade', KEY_LINE, 'Sec-WebSocket-Version: 13'];
  const kept = usual.map((line) => (line in replaced ? replaced[line] : line)).filter((line) => line !== undefined);
  return { kind: 'request', text: joinLines(`GET ${path} HTTP/1.1`, ...kept, ...lines) };
}

const PLAIN_REQUEST = request('/echo', []);

/** A request without faults. */
export function requestText(path: string): string {
  const input = request(path, []);
  return input.kind === 'request' ? input.text : '';
}

const HOST_LINE = `Host: ${HOST}`;

/** The mistakes in the opening handshake. */
export const REQUEST_CASES: readonly ListingCase[] = [
  {
    number: 11,
    topic: 'The end of the response’s head',
    title: 'Its accept ends with a line feed, and it sends no empty line',
    follows:
      'The line feed and the CR LF after it happen to look like an empty line. A header that comes later is read as a frame.',
    section: 'RFC 9112 §2.1',
    question: 'A client offers the subprotocol chat. Where does its browser see the answer to that?',
    options: [
      'in the head of the response',
      'after the end of the head, as a frame',
      'nowhere: the listing sends none',
    ],
    right: 1,
    variants: [
      { label: 'with a subprotocol', input: request('/echo', ['Sec-WebSocket-Protocol: chat']) },
      { label: 'without one', input: PLAIN_REQUEST },
    ],
    look: 'A client that accepts a lone LF as a line’s end, as browsers do, sees the end of the head right after the accept.',
  },
  {
    number: 12,
    topic: 'Two subprotocols',
    title: 'It answers the whole list of subprotocols',
    follows: 'A client that offered two gets two back, and must fail the connection.',
    section: '4.1',
    question: 'A client offers chat and superchat. What does the listing choose?',
    options: ['chat', 'superchat', 'both: it repeats the line'],
    right: 2,
    variants: [
      { label: 'chat, superchat', input: request('/echo', ['Sec-WebSocket-Protocol: chat, superchat']) },
      { label: 'chat', input: request('/echo', ['Sec-WebSocket-Protocol: chat']) },
    ],
    look: 'The request has a list of wishes. The response has one name, or none.',
  },
  {
    number: 13,
    topic: 'A header line',
    title: 'It splits header lines at every colon and space, and compares names with their case',
    follows: 'A value with a colon in it raises an exception. So does a name in lower case.',
    section: 'RFC 9110 §5.1',
    question: 'A request has the line “X-Note: a: b”. What does the listing do?',
    options: ['it ignores the line', 'it raises an exception', 'it answers 400'],
    right: 1,
    variants: [
      { label: 'a: b: c', input: request('/echo', ['X-Note: a: b']) },
      { label: 'host in lower case', input: request('/echo', [], { [HOST_LINE]: `host: ${HOST}` }) },
      { label: 'key in lower case', input: request('/echo', [], { [KEY_LINE]: `sec-websocket-key: ${EXAMPLE_KEY}` }) },
    ],
    look: 'A name ends at the first colon. Whatever comes after it is the value, and names are the same in any case.',
  },
  {
    number: 14,
    topic: 'A request that asks for nothing',
    title: 'It does not check Upgrade, Connection, the version or the form of the key',
    follows: 'A plain GET becomes a WebSocket, and a client of another version never learns that it is one.',
    section: '4.2.1',
    question: 'A request has no Upgrade header, but a key. What does the listing answer?',
    options: ['426', '400', '101'],
    right: 2,
    variants: [
      {
        label: 'a plain GET',
        input: request('/echo', [], { 'Upgrade: websocket': undefined, 'Connection: Upgrade': undefined }),
      },
      {
        label: 'version 99',
        input: request('/echo', [], { 'Sec-WebSocket-Version: 13': 'Sec-WebSocket-Version: 99' }),
      },
      { label: 'a bad key', input: request('/echo', [], { [KEY_LINE]: 'Sec-WebSocket-Key: secret' }) },
    ],
    look: 'The handshake proves that both sides mean WebSocket. A server that does not read the request proves nothing.',
  },
  {
    number: 15,
    topic: 'A page from elsewhere',
    title: 'It does not look at the origin',
    follows: 'Any page on the web can use the socket, from its reader’s network.',
    section: '10.2',
    question:
      'A page of https://evil.example opens a WebSocket to the server on your machine. What does the listing answer?',
    options: ['101', '403', 'nothing'],
    right: 0,
    variants: [
      { label: 'a foreign page', input: request('/echo', ['Origin: https://evil.example']) },
      { label: 'a page of your own', input: request('/echo', [`Origin: http://${HOST}`]) },
    ],
    look: 'The same-origin policy does not hold for WebSockets. The browser says who is asking, and the server decides.',
  },
  {
    number: 16,
    topic: 'An unknown path',
    title: 'It calls what it finds for a path, even if it finds nothing',
    follows: 'An unknown path raises an exception. No 404 is sent, and the connection hangs open.',
    section: '4.2.2',
    question: 'A client asks for /nothing. What does it get from the listing?',
    options: ['404', '101', 'no answer at all'],
    right: 2,
    variants: [
      { label: '/nothing', input: request('/nothing', []) },
      { label: '/echo', input: PLAIN_REQUEST },
    ],
    look: 'The listing looks the path up, finds None, and calls that.',
  },
  {
    number: 17,
    topic: 'A path with a query',
    title: 'It is open before it has answered, and looks a path up with its query',
    follows: 'For /echo?x=1 it finds no handler. Its state is open, although no answer was sent.',
    section: '4.2.2',
    question: 'A client asks for /echo?x=1. In which state is the connection afterwards?',
    options: ['open, with an answer', 'open, without an answer', 'closed, with a 404'],
    right: 1,
    variants: [
      { label: '/echo?x=1', input: request('/echo?x=1', []) },
      { label: '/echo', input: PLAIN_REQUEST },
    ],
    look: 'The part after the question mark belongs to the program. And a server is open when its answer is on its way, not before.',
  },
];
