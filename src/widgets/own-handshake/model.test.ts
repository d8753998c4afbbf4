import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { Loopback } from '../../lab/loopback.ts';
import { encodeKey } from '../../protocol/handshake/accept/accept-key.ts';
import { encodeText } from '../../text/utf8.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { lineBytes, shownBytes } from './line-bytes.ts';
import { initialOwnHandshake, lineAfterKey, NO_LINE, reduceOwnHandshake, sayChanges, sayUnknown } from './model.ts';
import { type OwnLine, ownLines } from './own-lines.ts';

const example = { request: '', response: '' };

/** What a tap sees of one handshake. */
function handshake(fill: number): SourceEvent[] {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost:8080',
    key: encodeKey(new Uint8Array(16).fill(fill)),
    nextMaskingKey: () => 0,
    now: () => 0,
  });
  return loopback.connect().map((message) => ({ type: 'wire', message }));
}

const happened = (state: ReturnType<typeof initialOwnHandshake>, events: readonly SourceEvent[]) =>
  reduceOwnHandshake(state, { type: 'happened', events });

const once = happened(initialOwnHandshake(example), handshake(1));
const linesOf = ({ heads, before }: typeof once) => [
  ...ownLines(heads.request ?? '', 'request', before?.request),
  ...ownLines(heads.response ?? '', 'response', before?.response),
];

describe('the lines of a head', () => {
  test('together are all its bytes, and each line is its own text', () => {
    const lines = ownLines(once.heads.request ?? '', 'request', undefined);
    expect(lines.map(({ bytes }) => formatHex(bytes)).join('')).toBe(once.heads.request);
    for (const { name, value, bytes } of lines) {
      expect(String.fromCharCode(...bytes)).toBe(`${name === '' ? '' : `${name}: `}${value}\r\n`);
    }
    expect(lines[0]).toMatchObject({ id: 'request.first', value: 'GET /echo HTTP/1.1' });
    expect(lines.at(-1)).toMatchObject({ id: 'request.end', value: '' });
    expect(lines.every(({ sentence }) => sentence.length > 10)).toBe(true);
  });

  test('with one name have names of their own', () => {
    const hex = formatHex(encodeText('GET / HTTP/1.1\r\nCookie: a\r\nCookie: b\r\n\r\n'));
    expect(ownLines(hex, 'request', undefined).map(({ id }) => id)).toEqual([
      'request.first',
      'request.cookie',
      'request.cookie-2',
      'request.end',
    ]);
  });

  test('are cut after every line feed, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const lines = lineBytes(bytes);
        expect(lines.flatMap((line) => [...line])).toEqual([...bytes]);
        expect(lines.slice(0, -1).every((line) => line.indexOf(10) === line.length - 1)).toBe(true);
      }),
    );
  });

  test('show control bytes by their names', () => {
    expect(shownBytes(encodeText('A \r\n\u{1}')).map(({ character }) => character)).toEqual([
      'A',
      'SP',
      'CR',
      'LF',
      '·',
    ]);
  });
});

describe('connecting again', () => {
  const twice = happened(once, handshake(2));

  test('the example is nothing to compare with', () => {
    expect(once.count).toBe(1);
    expect(sayChanges(linesOf(once), once.before)).toBe('');
  });

  test('only the key and the accept are new', () => {
    const lines = linesOf(twice);
    const changed = lines.filter(({ before }) => before !== undefined);
    expect(changed.map(({ name }) => name)).toEqual(['Sec-WebSocket-Key', 'Sec-WebSocket-Accept']);
    expect(changed[0]?.before).toBe(encodeKey(new Uint8Array(16).fill(1)));
    expect(sayChanges(lines, twice.before)).toBe(
      'Changed since the last handshake: Sec-WebSocket-Key, Sec-WebSocket-Accept. Everything else is the same.',
    );
  });

  test('while the answer has not come, nothing is said of what is new', () => {
    const [request] = handshake(3).filter((event) => event.type === 'wire' && event.message.type === 'handshake');
    const waiting = happened(twice, request === undefined ? [] : [request]);
    expect(waiting.heads.response).toBeUndefined();
    expect(sayChanges(ownLines(waiting.heads.request ?? '', 'request', undefined), waiting.before)).toBe('');
  });
});

test('keys lead from line to line, through both heads, and stop at the ends', () => {
  const lines = linesOf(once);
  const [first, second] = lines;
  expect(lineAfterKey(lines, first?.id ?? '', 'ArrowDown')).toBe(second?.id);
  expect(lineAfterKey(lines, first?.id ?? '', 'ArrowUp')).toBe(first?.id);
  expect(lineAfterKey(lines, 'request.end', 'ArrowDown')).toBe('response.first');
  expect(lineAfterKey(lines, 'request.end', 'End')).toBe('response.end');
  expect(lineAfterKey(lines, 'request.end', 'a')).toBeUndefined();
});

test('a line that the address opens and no head has is said, once both heads are there', () => {
  const line = (id: string) => ({ id }) as OwnLine;
  const lines = [line('request.host'), line('response.upgrade')];
  expect(sayUnknown('request.nonsense', lines)).toContain('asks for a “line” that');
  for (const opened of ['request.host', NO_LINE, undefined]) expect(sayUnknown(opened, lines)).toBe('');
  expect(sayUnknown('request.nonsense', lines.slice(0, 1))).toBe('');
});
