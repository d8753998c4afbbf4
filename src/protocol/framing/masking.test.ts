import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, hexOf } from '../../../tests/bytes.ts';
import { mask, maskInPlace } from './masking.ts';

/** RFC 6455 §5.3, word for word: "j = i MOD 4; transformed-octet-i = original-octet-i XOR masking-key-octet-j". */
function maskAsTheRfcSays(payload: Uint8Array, maskingKey: number, offset: number): Uint8Array {
  const key = new DataView(new ArrayBuffer(4));
  key.setUint32(0, maskingKey);
  return payload.map((original, i) => original ^ key.getUint8((offset + i) % 4));
}

const KEY = 0x37fa213d;

/** Bytes that differ from their neighbors, so that a shift by one shows. */
const pattern = (byteLength: number) => Uint8Array.from({ length: byteLength }, (_, i) => (i * 151 + 7) & 0xff);

test('the masked Hello of RFC 6455 §5.7', () => {
  expect(hexOf(mask(bytesOf('48656c6c6f'), KEY))).toBe('7f9f4d5158');
});

test('follows the RFC at every alignment, offset and length, and writes only to the payload', () => {
  for (let byteOffset = 0; byteOffset < 8; byteOffset++) {
    for (let offset = 0; offset < 5; offset++) {
      for (let byteLength = 0; byteLength <= 200; byteLength++) {
        const memory = pattern(byteOffset + byteLength + (byteLength % 10));
        const expected = memory.slice();
        const payload = memory.subarray(byteOffset, byteOffset + byteLength);
        expected.set(maskAsTheRfcSays(payload, KEY, offset), byteOffset);
        maskInPlace(payload, KEY, offset);
        if (hexOf(memory) !== hexOf(expected)) {
          expect.fail(`byteOffset ${byteOffset}, offset ${offset}, ${byteLength} bytes: ${hexOf(memory)}`);
        }
      }
    }
  }
});

const largePayloads = fc.record({
  byteLength: fc.oneof(fc.nat(300), fc.nat(200_000)),
  byteOffset: fc.nat(7),
  maskingKey: fc.nat(0xffff_ffff),
  offset: fc.oneof(fc.nat(8), fc.integer({ min: 2 ** 31 - 4, max: 2 ** 31 + 4 }), fc.nat(2 ** 32)),
});

test('follows the RFC for any key, on long payloads and far into a frame', () => {
  fc.assert(
    fc.property(largePayloads, ({ byteLength, byteOffset, maskingKey, offset }) => {
      const payload = pattern(byteOffset + byteLength).subarray(byteOffset);
      const expected = maskAsTheRfcSays(payload, maskingKey, offset);
      expect(Buffer.compare(mask(payload, maskingKey, offset), expected)).toBe(0);
      maskInPlace(payload, maskingKey, offset);
      expect(Buffer.compare(payload, expected)).toBe(0);
    }),
  );
});

test('masking twice with the same key gives the original payload', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(0xffff_ffff), fc.nat(9), (payload, maskingKey, offset) => {
      expect(mask(mask(payload, maskingKey, offset), maskingKey, offset)).toEqual(payload);
    }),
  );
});

test('a payload masked piece by piece is the payload masked at once', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(0xffff_ffff), fc.nat(300), (payload, maskingKey, cut) => {
      const atOnce = mask(payload, maskingKey);
      maskInPlace(payload.subarray(0, cut), maskingKey, 0);
      maskInPlace(payload.subarray(cut), maskingKey, Math.min(cut, payload.length));
      expect(payload).toEqual(atOnce);
    }),
  );
});

test('mask() does not change its payload', () => {
  const payload = pattern(100);
  mask(payload, KEY);
  expect(payload).toEqual(pattern(100));
});
