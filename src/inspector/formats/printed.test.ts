import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { readPasted } from './read-pasted.ts';

const FOLDER = new URL('../../../tests/samples/printed/', import.meta.url);
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const textOf = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');

/** What all of them were made from. */
const WHOLE = '810548656c6c6f8206000102fdfeff890268628107225c252627c3a9880203e8';
const HELLO = '810548656c6c6f';

/** Programs print only a part of a long array, and say so: the bytes that are there, and a word of the note. */
const PARTS: Readonly<Record<string, readonly [string, RegExp]>> = {
  'devtools-ff.txt': ['810548656c6c6f820600', /ends with "\.\.\."/],
  'elixir-default.txt': [`${WHOLE}${WHOLE}`.slice(0, 100), /ends with "\.\.\."/],
  'erl-P.txt': ['810548656c6c6f82060001', /ends with "\.\.\."/],
  'node-buffer-long.txt': [`${WHOLE}${WHOLE}`.slice(0, 100), /14 more bytes/],
  'node-u8-long.txt': [WHOLE.repeat(4).slice(0, 200), /ends with "\.\.\."/],
  'nsdata-cut.txt': ['810548656c6c6f82', /the first 8 of 129 bytes/],
};

/** Others were made from less. */
const SHORTER: Readonly<Record<string, string>> = {
  'c-char.txt': HELLO,
  'cpp-init.txt': '810548',
  'php-vardump-arr.txt': HELLO,
  'protobytestring.txt': HELLO,
  'scala2.txt': '810548',
  'tcl.txt': HELLO,
};

/** Bytes are lost in these, or are not there at all: each is refused by name. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'base32.txt': /base32/,
  'hexdump-c.txt': /hexdump -c/,
  'hexdump-d.txt': /hexdump -d/,
  'hexdump-x.txt': /hexdump/,
  'hexdump.txt': /hexdump/,
  'java-bytestr.txt': /Java printed an array/,
  'java-nio.txt': /ByteBuffer/,
  'java-string.txt': /Java printed an array/,
  'lua-q.txt': /U\+FFFD.*lost/,
  'od-a.txt': /od -a/,
  'od-c.txt': /od -c/,
  'od-tx4.txt': /od -t x4/,
  'od-x.txt': /od -x/,
  'okio-text.txt': /okio/,
  'openssl-s_client-debug.txt': /TLS \(ClientHello\)/,
  'openssl-s_client-msg.txt': /s_client -msg/,
  'openssl-s_client-trace.txt': /s_client -msg" or -trace/,
  'php-addcslashes.txt': /escape is not a byte/,
  'py-memoryview.txt': /memoryview/,
  'rust-lossy.txt': /U\+FFFD.*lost/,
  'swift-print.txt': /Swift/,
};

const bytesOf = (result: ReturnType<typeof readPasted>) =>
  'problem' in result ? result.problem.sentence : result.parts.map(({ bytes }) => hexOf(bytes)).join('');
const isWhole = (name: string) => !(name in PARTS || name in SHORTER || name in REFUSED);

describe('is read to the last byte', () => {
  test.each(NAMES.filter(isWhole))('%s', (name) => expect(bytesOf(readPasted(textOf(name)))).toBe(WHOLE));
  test.each(Object.entries(SHORTER))('%s', (name, hex) => expect(bytesOf(readPasted(textOf(name)))).toBe(hex));
});

test.each(Object.entries(PARTS))('%s is read as far as it goes, and that is said', (name, [hex, note]) => {
  const result = readPasted(textOf(name));
  expect(bytesOf(result)).toBe(hex);
  expect('notes' in result && result.notes.join(' ')).toMatch(note);
});

test.each(Object.entries(REFUSED))('%s is refused by name', (name, sentence) => {
  expect(bytesOf(readPasted(textOf(name)))).toMatch(sentence);
});

/** What chats, terminals, mails and editors put around a text. */
const WRAPPED: readonly (readonly [string, (text: string) => string])[] = [
  ['a byte order mark', (text) => `\ufeff${text}`],
  ['CR LF', (text) => text.replaceAll('\n', '\r\n')],
  ['CR CR LF', (text) => text.replaceAll('\n', '\r\r\n')],
  ['CR alone', (text) => text.replaceAll('\n', '\r')],
  ['blanks behind each line', (text) => text.replaceAll('\n', '  \t\n')],
  ['empty lines around', (text) => `\n\n \n${text}\n\n`],
  ['a fence', (text) => `\`\`\`text\n${text}\`\`\`\n`],
  ['words around a fence', (text) => `It sends this:\n~~~\n${text}~~~\nand then it closes.\n`],
  ['the signs of a quotation', (text) => text.replace(/^(?=.)/gm, '> ')],
  ['a quotation in a quotation', (text) => text.replace(/^(?=.)/gm, '> > ')],
  ['a command above', (text) => `user@host:~/x$ print frames\n${text}`],
  ['a command above and a prompt below', (text) => `$ print frames.bin\n${text}$ \n`],
  ['colors', (text) => text.replace(/^(?=.)/gm, '\u001b[32m').replace(/$/gm, '\u001b[0m')],
  ['spaces that do not break', (text) => text.replaceAll(' ', '\u00a0')],
  ['characters that are not seen', (text) => text.replaceAll(' ', ' \u200b')],
];

/** A few forms of each kind, in which a wrapper is told from the bytes. */
const WRAPPABLE = [
  'xxd.txt',
  'hexdump-C.txt',
  'od-tu1.txt',
  'rust-dbg.txt',
  'py-repr.txt',
  'node-buffer.txt',
  'go-x.txt',
  'php-printr.txt',
];

describe.each(WRAPPED)('with %s', (_, wrap) => {
  test.each(WRAPPABLE)('%s', (name) => expect(bytesOf(readPasted(wrap(textOf(name))))).toBe(WHOLE));
});

test.each([
  [
    'numbers of lines',
    (text: string) =>
      text
        .split('\n')
        .map((line, i) => `${String(i + 1).padStart(6)}\t${line}`)
        .slice(0, -1)
        .join('\n'),
  ],
  [
    'numbers and colons',
    (text: string) =>
      text
        .split('\n')
        .map((line, i) => `${i + 12}: ${line}`)
        .slice(0, -1)
        .join('\n'),
  ],
])('%s before the lines of a dump are left out, and that is said', (_, wrap) => {
  const result = readPasted(wrap(textOf('xxd.txt')));
  expect(bytesOf(result)).toBe(WHOLE);
  expect('notes' in result && result.notes).toContain('Left out: the numbers of the lines.');
});

test('typographic quotation marks are read as plain ones', () => {
  expect(bytesOf(readPasted('b‘\\x81\\x05Hello’'))).toBe(HELLO);
  expect(bytesOf(readPasted('“\\x81\\x05Hello”'))).toBe(HELLO);
});

describe('bytes behind words', () => {
  test.each([
    ['2026/11/30 12:00:01 recv: 81 05 48 65 6c 6c 6f', 'a line of a log'],
    ['11-30 12:00:01.123  1234  1256 D WsClient: received 7 bytes: 810548656c6c6f', 'a line of a log'],
    ['received: [129, 5, 72, 101, 108, 108, 111]', 'decimal bytes'],
    ['DEBUG frame = <81054865 6c6c6f>', 'a line of a log'],
    ['hexdump: 810548656c6c6f', 'a line of a log'],
    ['I/OkHttp: onMessage [size=7 hex=810548656c6c6f]', 'a line of a log'],
  ])('%s', (text, form) => {
    const result = readPasted(text);
    expect(bytesOf(result)).toBe(HELLO);
    expect('form' in result && result.form).toBe(form);
  });

  test('of both directions are told apart, with their times', () => {
    const result = readPasted(
      '12:00:01.000 TX: 81 85 37 fa 21 3d 7f 9f 4d 51 58\n12:00:01.250 RX: 81 05 48 65 6c 6c 6f\n',
    );
    expect('parts' in result && result.parts.map(({ side, timeMs }) => [side, timeMs])).toEqual([
      [0, 43_201_000],
      [1, 43_201_250],
    ]);
  });

  test.each([
    'build 20261130 finished: 12345678',
    'commit 9c1185a5c5e9fc54612808977ee8f548b2258d31',
    'request id: deadbeefdeadbeef',
    'listening on port 8080',
  ])('%s: these are no frames', (text) => expect('problem' in readPasted(text)).toBe(true));
});

describe('escapes that languages read differently', () => {
  test.each([
    ['Lua: three decimal digits', String.raw`"\129\005Hello"`, HELLO],
    ['C: three octal digits', String.raw`"\201\005Hello"`, HELLO],
    ['Go: a character in UTF-8', String.raw`"\x81\x02é"`, '8102c3a9'],
    ['Node: a character for each byte', String.raw`'\x81\x02Ã©'`, '8102c3a9'],
    ['Go %+q', String.raw`"\x81\x02\u00e9"`, '8102c3a9'],
    ['JSON of a binary string', String.raw`"\u0081\u0002\u00c3\u00a9"`, '8102c3a9'],
    ['Swift', String.raw`"\u{81}\u{5}Hello"`, HELLO],
  ])('%s', (_, text, hex) => expect(bytesOf(readPasted(text))).toBe(hex));
});
