import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHex } from '../../../bytes/hex.ts';
import { dumpFrame } from '../../../inspector/frame/frame-dump.ts';
import { encodeCloseBody } from '../../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../text/utf8.ts';
import { MAX_STRIP_BYTES, stripOf } from './strip.ts';

const KEY = 0x37fa213d;
const textFrame = (text: string, maskingKey?: number) =>
  dumpFrame(encodeFrame({ opcode: OPCODE.text, payload: encodeText(text), ...(maskingKey && { maskingKey }) }));
const bytesOf = (strip: ReturnType<typeof stripOf>) => strip.groups.flatMap(({ bytes }) => bytes);
const sentences = (strip: ReturnType<typeof stripOf>) => bytesOf(strip).map(({ sentence }) => sentence);

test('a client’s frame: start, key and message, each byte with its sentence', () => {
  const strip = stripOf(textFrame('Hello', KEY));
  expect(strip.groups.map(({ name, bytes }) => [name, bytes.length])).toEqual([
    ['start', 2],
    ['key', 4],
    ['message', 5],
  ]);
  expect(
    bytesOf(strip)
      .map(({ hex }) => hex)
      .join(''),
  ).toBe('818537fa213d7f9f4d5158');
  expect(
    bytesOf(strip)
      .map(({ below = '' }) => below)
      .join(''),
  ).toBe('Hello');
  expect(bytesOf(strip).map(({ partner }) => partner)).toEqual([...Array(6).fill(undefined), 2, 3, 4, 5, 2]);
  expect(sentences(strip)).toContain('Byte 8, 9f: with fa, part 2 of the key, it turns back into 65, the character e.');
});

test('a server’s frame has no key, and says so', () => {
  const strip = stripOf(textFrame('Hi'));
  expect(strip.groups.map(({ name }) => name)).toEqual(['start', 'message']);
  expect(sentences(strip)[1]).toBe('Byte 2, 02: the message has 2 bytes; it is not scrambled.');
  expect(strip.summary).toContain('Only a client scrambles');
});

test('a long frame is drawn up to a limit, and the rest is counted', () => {
  const strip = stripOf(textFrame('x'.repeat(70_000), KEY));
  expect(bytesOf(strip)).toHaveLength(MAX_STRIP_BYTES);
  expect(strip.more).toBe(70_014 - MAX_STRIP_BYTES);
  expect(strip.groups.map(({ name, bytes }) => [name, bytes.length])).toEqual([
    ['start', 2],
    ['length', 8],
    ['key', 4],
    ['message', MAX_STRIP_BYTES - 14],
  ]);
  expect(sentences(strip)[3]).toBe('Bytes 3 to 10: the length, 70,000 bytes.');
});

test('a close frame has a reason behind two bytes of its code', () => {
  const payload = encodeCloseBody(1000, 'bye');
  const strip = stripOf(dumpFrame(encodeFrame({ opcode: OPCODE.close, payload })));
  expect(strip.groups.map(({ name }) => name)).toEqual(['start', 'reason']);
  expect(bytesOf(strip).map(({ below = '' }) => below)).toEqual(['', '', '03', 'e8', 'b', 'y', 'e']);
});

test('a character of several bytes stands under its first', () => {
  const strip = stripOf(textFrame('é€'));
  expect(
    bytesOf(strip)
      .slice(2)
      .map(({ below }) => below),
  ).toEqual(['é', '…', '€', '…', '…']);
  expect(sentences(strip)[3]).toContain('part 2 of 2 of the character é');
});

describe('a peer’s text', () => {
  test.each(['\u202e', '\u0000', '\u200b', '\u0301', '\u2028'])(
    'what cannot be seen is a dot with its number: %j',
    (character) => {
      const [, , byte] = bytesOf(stripOf(textFrame(character)));
      expect(byte?.below).toBe('·');
      expect(byte?.sentence).toContain(`U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
      expect(byte?.sentence).not.toContain(character);
    },
  );
});

test('whatever the bytes, each that is drawn is there once, in order', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      const strip = stripOf(dumpFrame(bytes));
      const drawn = bytesOf(strip);
      expect(drawn.map(({ index }) => index)).toEqual(drawn.map((_, index) => index));
      expect(formatHex(bytes).startsWith(drawn.map(({ hex }) => hex).join(''))).toBe(true);
      for (const { sentence } of drawn) expect(sentence).not.toMatch(/undefined|NaN/);
    }),
  );
});
