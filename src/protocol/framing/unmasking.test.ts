import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, placedAt } from '../../../tests/bytes.ts';
import { mask, maskInPlace } from './masking.ts';
import { NO_WORDS, unmaskBytes, unmaskPart, wordsOf } from './unmasking.ts';

/** All of a payload, by words or by bytes. */
const unmaskWhole = (payload: Uint8Array, key: number, position: number) =>
  unmaskPart(payload, 0, payload.length, wordsOf(payload.buffer), key, position) === 0;

const KEY = 0x37fa213d;
const maskingKey = fc.nat(0xffff_ffff);
const offset = fc.oneof(fc.nat(8), fc.integer({ min: 2 ** 31 - 4, max: 2 ** 31 + 4 }));

test('unmasks its range as maskInPlace does, reports ASCII for that range alone, and changes no other byte', () => {
  const place = fc.record({ byteOffset: fc.nat(7), start: fc.nat(9), length: fc.nat(80), behind: fc.nat(9) });
  fc.assert(
    fc.property(place, maskingKey, offset, fc.boolean(), fc.nat(79), (at, key, position, ascii, wrong) => {
      const end = at.start + at.length;
      // The bytes around the payload are not ASCII, and must not count.
      const memory = new Uint8Array(at.byteOffset + end + at.behind).fill(0xff);
      const bytes = memory.subarray(at.byteOffset);
      const payload = bytes.subarray(at.start, end);
      payload.fill(0x41);
      if (!ascii && at.length > 0) payload[wrong % at.length] = 0xc3;
      maskInPlace(payload, key, position);
      const expected = memory.slice();
      const unmasked = expected.subarray(at.byteOffset + at.start, at.byteOffset + end);
      maskInPlace(unmasked, key, position);
      const isAscii = unmasked.every((byte) => byte < 0x80);

      for (const words of [wordsOf(memory.buffer), NO_WORDS]) {
        const copy = memory.slice();
        const its = words === NO_WORDS ? NO_WORDS : wordsOf(copy.buffer);
        const told = unmaskPart(copy.subarray(at.byteOffset), at.start, end, its, key, position);
        expect(hexOf(copy)).toBe(hexOf(expected));
        expect(told === 0).toBe(isAscii);
      }
      const toldByByte = unmaskBytes(memory, at.byteOffset + at.start, at.byteOffset + end, key, position);
      expect(toldByByte === 0).toBe(isAscii);
      expect(hexOf(memory)).toBe(hexOf(expected));
    }),
    { numRuns: 2000 },
  );
});

test('says whether the result is ASCII, at every alignment and length', () => {
  for (let byteOffset = 0; byteOffset < 4; byteOffset++) {
    for (let byteLength = 0; byteLength <= 70; byteLength++) {
      const ascii = new Uint8Array(byteLength).fill(0x7f);
      // The bytes around the payload must not count.
      const memory = new Uint8Array(byteOffset + byteLength + 4).fill(0xff);
      const masked = memory.subarray(byteOffset, byteOffset + byteLength);
      masked.set(mask(ascii, KEY));
      expect(unmaskWhole(masked, KEY, 0)).toBe(true);
      for (let at = 0; at < byteLength; at++) {
        const payload = placedAt(byteOffset, mask(ascii.with(at, 0x80), KEY));
        if (unmaskWhole(payload, KEY, 0)) expect.fail(`byte ${at} of ${byteLength} at ${byteOffset} is no ASCII`);
      }
    }
  }
});
