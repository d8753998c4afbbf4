import { EXAMPLE_REQUEST, HANDSHAKE_RULES } from '../../src/protocol/index.ts';
import { cut, joinedBytes, mutate } from './mutate.ts';
import type { Random } from './random.ts';

/** What a client sends first, legal or not. */
export interface HeadStream {
  readonly bytes: Uint8Array;
  /** How long the chunks are that it comes in. */
  readonly chunkLengths: readonly number[];
}

/** How many headers and bytes are too many is each reader's own to say. */
const OWN_LIMITS: readonly string[] = ['too-many-headers', 'head-too-large'];

const EXAMPLES: readonly [string, ...string[]] = [
  EXAMPLE_REQUEST,
  ...HANDSHAKE_RULES.filter(({ name, brokenBy }) => brokenBy !== 'server' && !OWN_LIMITS.includes(name)).map(
    ({ example }) => example,
  ),
];

/** A request made of parts that are right or nearly so, or an example with some of its bytes changed. */
export function headStream(random: Random): HeadStream {
  const made = random.once(3) ? random.pick(EXAMPLES) : request(random);
  let bytes: Uint8Array = Buffer.from(made, 'latin1');
  if (random.once(2)) for (let i = random.nat(3); i >= 0; i--) bytes = mutate(bytes, random);
  if (random.once(4)) bytes = joinedBytes([bytes, random.bytes(random.nat(10))]);
  return { bytes, chunkLengths: cut(bytes.length, random) };
}

function request(random: Random): string {
  const firstLine = [method(random), space(random), target(random), space(random), version(random)].join('');
  const lines = [firstLine, ...Array.from({ length: random.nat(8) }, () => headerLine(random))];
  return `${random.once(30) ? '\r\n' : ''}${lines.map((line) => line + lineEnd(random)).join('')}${lineEnd(random)}`;
}

const space = (random: Random) => (random.once(30) ? random.pick(['', '  ', '\t']) : ' ');
const lineEnd = (random: Random) => (random.once(60) ? random.pick(['\n', '\r', '\r\r\n', '\n\r', '']) : '\r\n');

function method(random: Random): string {
  if (!random.once(6)) return 'GET';
  return random.pick(['HEAD', 'POST', 'OPTIONS', 'CONNECT', 'PRI', 'get', 'G', 'GETS', 'M-SEARCH', 'FOO', 'G(T']);
}

function target(random: Random): string {
  return random.pick([
    '/',
    '/chat?room=1',
    '/a#b',
    '*',
    'chat',
    '//x/../%00',
    'http://server.example.com/chat',
    'ws://h:1/',
    'server.example.com:80',
    `/${character(random)}`,
    `/?${character(random)}`,
  ]);
}

function version(random: Random): string {
  if (!random.once(6)) return 'HTTP/1.1';
  return random.pick([
    'HTTP/1.0',
    'HTTP/0.9',
    'HTTP/2.0',
    'HTTP/1.2',
    'HTTP/9.9',
    'http/1.1',
    'HTTP/1',
    'HTTP/1.1 ',
    'ICE/1.0',
    '',
  ]);
}

const NAMES = [
  ...([
    'Host',
    'Upgrade',
    'Connection',
    'Sec-WebSocket-Key',
    'Sec-WebSocket-Version',
    'Origin',
    'X',
    'x-!#$&*+.^_`|~',
  ] as const),
  ...(['Content-Length', 'Transfer-Encoding', 'Proxy-Connection', 'Cookie', 'Expect'] as const),
] as const;

function headerLine(random: Random): string {
  const name = random.once(20) ? `X${character(random)}` : random.pick(NAMES);
  const colon = random.pick([': ', ': ', ': ', ':', ':\t', ' : ', '']);
  const white = random.once(10) ? random.pick([' ', '\t ', '  ']) : '';
  const folded = random.once(30) ? random.pick(['\r\n x', '\r\n\t', '\r\n ']) : '';
  return `${name}${random.once(6) ? colon : ': '}${value(random)}${white}${folded}`;
}

function value(random: Random): string {
  return random.pick([
    'server.example.com',
    'websocket',
    'Upgrade',
    'keep-alive, Upgrade',
    'close',
    '0',
    '5',
    '13',
    'chunked',
    'gzip, chunked',
    '100-continue',
    '',
    'a\tb : c',
    `v${character(random)}w`,
  ]);
}

const character = (random: Random) => String.fromCharCode(random.nat(256));
