import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { maskInPlace } from '../framing/masking.ts';
import { maskBytes, maskPart, NO_WORDS, wordsOf } from './mask-part.ts';

const maskingKey = fc.nat(0xffff_ffff);
const offset = fc.oneof(fc.nat(8), fc.integer({ min: 2 ** 31 - 4, max: 2 ** 31 + 4 }));

test('masks what is asked as maskInPlace does, tells of it alone, and leaves the rest as it is', () => {
  const place = fc.record({ byteOffset: fc.nat(7), start: fc.nat(9), length: fc.nat(80), behind: fc.nat(9) });
  fc.assert(
    fc.property(place, maskingKey, offset, fc.boolean(), fc.nat(79), (at, key, position, ascii, wrong) => {
      const end = at.start + at.length;
      // What lies around is no ASCII: it must not count.
      const memory = new Uint8Array(at.byteOffset + end + at.behind).fill(0xff);
      const bytes = memory.subarray(at.byteOffset);
      const payload = bytes.subarray(at.start, end);
      payload.fill(0x41);
      if (!ascii && at.length > 0) payload[wrong % at.length] = 0xc3;
      maskInPlace(payload, key, position);
      const expected = memory.slice();
      const isAscii = maskInPlace(expected.subarray(at.byteOffset + at.start, at.byteOffset + end), key, position);

      for (const words of [wordsOf(memory.buffer), NO_WORDS]) {
        const copy = memory.slice();
        const its = words === NO_WORDS ? NO_WORDS : wordsOf(copy.buffer);
        const told = maskPart(copy.subarray(at.byteOffset), at.start, end, its, key, position);
        expect(hexOf(copy)).toBe(hexOf(expected));
        expect(told).toBe(isAscii);
      }
    }),
    { numRuns: 2000 },
  );
});

test('puts the result elsewhere, and leaves the source as it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), maskingKey, offset, fc.nat(5), (payload, key, position, at) => {
      const source = payload.slice();
      const target = new Uint8Array(at + payload.length + 3);
      maskBytes(source, 0, source.length, key, position, target, at);
      expect(source).toEqual(payload);
      maskInPlace(payload, key, position);
      expect(hexOf(target)).toBe(`${'00'.repeat(at)}${hexOf(payload)}000000`);
    }),
  );
});
