import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, encodeText, Utf8Checker } from '../../text/utf8.ts';
import { allowedAfter, describeSpans, utf8Steps } from './utf8-steps.ts';

const roles = (...bytes: number[]) => utf8Steps(Uint8Array.from(bytes)).map(({ role }) => role);
const wrong = (...bytes: number[]) =>
  utf8Steps(Uint8Array.from(bytes)).find(({ role }) => role === 'wrong')?.sentence ?? '';
// Few values, so that bytes meet that nearly belong together.
const byte = fc.oneof(
  fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xe2, 0xed, 0xf0, 0xf4),
  fc.nat(255),
);

test('the wrong byte is the one that the checker finds, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3 }), fc.array(byte, { maxLength: 8 }), (start, more) => {
      const bytes = Uint8Array.of(...start, ...more);
      const steps = utf8Steps(bytes);
      expect(steps.findIndex(({ role }) => role === 'wrong')).toBe(new Utf8Checker().push(bytes));
      expect(steps).toHaveLength(bytes.length);
    }),
  );
});

test('a byte is allowed where it is right, and not where it is wrong', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 8 }), (bytes) => {
      for (const { byte: value, allowed, role } of utf8Steps(Uint8Array.from(bytes))) {
        const inside = allowed.some(({ first, last }) => value >= first && value <= last);
        expect(inside).toBe(role !== 'wrong' && role !== 'unread');
      }
    }),
  );
});

test('the characters found, joined, are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = encodeText(text);
      expect(
        utf8Steps(bytes)
          .map(({ character = '' }) => character)
          .join(''),
      ).toBe(decodeText(bytes));
    }),
  );
});

test('a character of three bytes is counted down', () => {
  expect(utf8Steps(encodeText('€')).map(({ place, missing }) => [place, missing])).toEqual([
    [1, 2],
    [2, 1],
    [3, 0],
  ]);
  expect(utf8Steps(encodeText('€'))[2]?.sentence).toBe('byte 3 of a character of 3, the character is whole: U+20AC');
});

test('what may follow is what RFC 3629 says', () => {
  expect(describeSpans(allowedAfter([]))).toBe('00 to 7f, c2 to f4');
  expect(describeSpans(allowedAfter([0xe0]))).toBe('a0 to bf');
  expect(describeSpans(allowedAfter([0xed]))).toBe('80 to 9f');
  expect(describeSpans(allowedAfter([0xf4, 0x8f]))).toBe('80 to bf');
});

test('each mistake has its name, and what comes after it is not read', () => {
  expect(wrong(0xc0, 0xaf)).toMatch(/^overlong.*two bytes/);
  expect(wrong(0xe0, 0x80, 0xaf)).toMatch(/^overlong: three/);
  expect(wrong(0xf0, 0x80)).toMatch(/^overlong: four/);
  expect(wrong(0xed, 0xa0, 0x80)).toMatch(/^a surrogate/);
  expect(wrong(0xf4, 0x90)).toMatch(/^beyond/);
  expect(wrong(0xf5)).toMatch(/^never/);
  expect(wrong(0x80)).toMatch(/no character has begun$/);
  expect(wrong(0xe2, 0x41)).toMatch(/not whole yet/);
  expect(roles(0x48, 0xff, 0x69)).toEqual(['ascii', 'wrong', 'unread']);
});
