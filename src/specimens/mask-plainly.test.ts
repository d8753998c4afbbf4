import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mask } from '../protocol/framing/masking.ts';
import { keyAsBytes, keyAsNumber, maskPlainly } from './mask-plainly.ts';

const arbitraryKey = fc.uint8Array({ minLength: 4, maxLength: 4 });

test('the plain way and the fast one come to the same, wherever the bytes stand in their payload', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), arbitraryKey, fc.nat(1000), (payload, key, start) => {
      expect(maskPlainly(payload, key, start)).toEqual(mask(payload, keyAsNumber(key), start));
    }),
  );
});

test('a key is the same four bytes as a number', () => {
  fc.assert(
    fc.property(arbitraryKey, (key) => {
      expect(keyAsBytes(keyAsNumber(key))).toEqual(key);
    }),
  );
  expect(keyAsNumber(Uint8Array.of(0x37, 0xfa, 0x21, 0x3d))).toBe(0x37fa213d);
});
