import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOfHex } from '../bytes/hex.ts';
import { joinBytes } from '../bytes/join-bytes.ts';
import { decodeText, encodeText } from '../text/utf8.ts';
import { encodeHixieText, HIXIE_CLOSE, HixieReader } from './hixie-frames.ts';

const MAX = 1000;
/** What a reader finds in pieces, in order; it never throws. */
function read(pieces: readonly Uint8Array[], closes = true, max = MAX): string[] {
  const reader = new HixieReader(max, closes);
  const found: string[] = [];
  for (const piece of pieces)
    for (const event of reader.push(piece))
      found.push(event.type === 'text' ? `text ${decodeText(event.payload)}` : event.type);
  expect(reader.heldBytes).toBeLessThan(32 * max);
  return found;
}

test('Hello', () => {
  expect(encodeHixieText(encodeText('Hello'))).toEqual(bytesOfHex('0048656c6c6fff'));
  expect(read([bytesOfHex('0048656c6c6fff00ff')])).toEqual(['text Hello', 'text ']);
});

describe('frames that are no text', () => {
  test.each([
    ['a close', 'ff00', ['close']],
    ['nothing is read after a close', 'ff000041ff', ['close']],
    ['its length may be written with zeros in front', 'ff8000', ['close']],
    ['ff with a length is no close', 'ff0141' + '0042ff', ['text B']],
    ['an unknown type with a length', '80024142' + '0043ff', ['text C']],
    ['a length of two bytes', `818102${'41'.repeat(130)}0043ff`, ['text C']],
    ['a length of 0', '8000' + '0043ff', ['text C']],
    ['an unknown type without a length', '014142ff' + '0043ff', ['text C']],
    ['one that is cut', '0141', []],
    ['a length that no number holds', `80${'ff'.repeat(300)}7f0043ff`, []],
  ])('%s', (_, hex, found) => {
    expect(read([bytesOfHex(hex)])).toEqual(found);
  });

  test('hixie-75 has no close', () => {
    expect(read([bytesOfHex('ff000041ff')], false)).toEqual(['text A']);
  });
});

test('a text of the limit is read, and one byte more is not', () => {
  const frame = (length: number) => encodeHixieText(new Uint8Array(length).fill(0x61));
  expect(read([frame(10)], true, 10)).toEqual([`text ${'a'.repeat(10)}`]);
  expect(read([frame(11)], true, 10)).toEqual(['too-long']);
  // Also if its end never comes, and nothing after it is read.
  expect(read([frame(11).subarray(0, 12), frame(3)], true, 10)).toEqual(['too-long']);
});

test('any texts come out as they went in, wherever they are cut', () => {
  const arbitraryTexts = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 8 });
  fc.assert(
    fc.property(arbitraryTexts, fc.integer({ min: 1, max: 7 }), (texts, step) => {
      const stream = joinBytes([...texts.map((text) => encodeHixieText(encodeText(text))), HIXIE_CLOSE]);
      const pieces = Array.from({ length: Math.ceil(stream.length / step) }, (_, i) =>
        stream.slice(i * step, (i + 1) * step),
      );
      const expected = [...texts.map((text) => `text ${text}`), 'close'];
      expect(read([stream])).toEqual(expected);
      expect(read(pieces)).toEqual(expected);
    }),
  );
});

test('any bytes are read the same, whole and byte by byte', () => {
  const noise = fc.uint8Array({ maxLength: 200 });
  const telling = fc
    .array(fc.constantFrom(0, 0xff, 0x80, 0x81, 1, 0x41), { maxLength: 200 })
    .map((list) => Uint8Array.from(list));
  fc.assert(
    fc.property(fc.oneof(noise, telling), fc.boolean(), (bytes, closes) => {
      const one = read([bytes], closes, 20);
      expect(
        read(
          Array.from(bytes, (byte) => Uint8Array.of(byte)),
          closes,
          20,
        ),
      ).toEqual(one);
    }),
  );
});
