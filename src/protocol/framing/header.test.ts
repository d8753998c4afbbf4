import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, hexOf } from '../../../tests/bytes.ts';
import { decodeHeader, encodeHeader, type HeaderFields } from './header.ts';
import { layoutOf, minimalLengthField } from './layout.ts';

const payloadLengths = fc.oneof(
  fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.maxSafeNat(),
);

/** Any header, longer length forms for short payloads included. */
const headers: fc.Arbitrary<HeaderFields> = fc
  .record({
    fin: fc.boolean(),
    rsv1: fc.boolean(),
    rsv2: fc.boolean(),
    rsv3: fc.boolean(),
    opcode: fc.nat(15),
    payloadLength: payloadLengths,
    maskingKey: fc.option(fc.nat(0xffff_ffff), { nil: undefined }),
    longerBy: fc.nat(2),
  })
  .map(({ longerBy, ...fields }) => {
    const minimal = minimalLengthField(fields.payloadLength);
    const longer = Math.min(127, Math.max(minimal, 125) + longerBy);
    return { ...fields, lengthField: longerBy === 0 ? minimal : longer };
  });

test('decoding what was encoded gives the same fields', () => {
  fc.assert(
    fc.property(headers, fc.nat(5), (fields, at) => {
      const target = new Uint8Array(at + 14);
      const headerLength = encodeHeader(fields, target, at);
      const { maskingKey, ...others } = fields;
      expect(decodeHeader(target, at)).toEqual({
        ...others,
        masked: maskingKey !== undefined,
        maskingKey: maskingKey ?? 0,
        headerLength,
      });
    }),
  );
});

test('the length is in network order', () => {
  const target = new Uint8Array(10);
  encodeHeader({ fin: true, opcode: 2, lengthField: 127, payloadLength: 0x1_0203_0405, maskingKey: undefined }, target);
  expect(hexOf(target)).toBe('827f0000000102030405');
});

test('every prefix of a header is incomplete', () => {
  for (let secondByte = 0; secondByte < 256; secondByte++) {
    const whole = new Uint8Array(layoutOf(secondByte).headerLength);
    whole[1] = secondByte;
    for (let end = 0; end < whole.length; end++) expect(decodeHeader(whole.subarray(0, end))).toBeUndefined();
    expect(decodeHeader(whole)?.headerLength).toBe(whole.length);
  }
});

test('nothing of the first two bytes is lost, legal or not', () => {
  for (let firstTwo = 0; firstTwo <= 0xffff; firstTwo++) {
    const bytes = new Uint8Array(14);
    bytes[0] = firstTwo >> 8;
    bytes[1] = firstTwo;
    const header = decodeHeader(bytes);
    const again = new Uint8Array(14);
    if (header) encodeHeader({ ...header, maskingKey: header.masked ? header.maskingKey : undefined }, again);
    if (hexOf(again) !== hexOf(bytes)) expect(hexOf(again)).toBe(hexOf(bytes));
  }
});

test('lengths with and without the top bit of the 64-bit form differ, though such lengths are not exact numbers', () => {
  const lengthOf = (hex: string) => decodeHeader(bytesOf(`827f${hex}`))?.payloadLength;
  expect(lengthOf('7fffffffffffffff')).toBeLessThan(2 ** 63);
  expect(lengthOf('7fffffffffffffff')).toBeGreaterThan(2 ** 62);
  expect(lengthOf('8000000000000000')).toBe(2 ** 63);
  expect(lengthOf('ffffffffffffffff')).toBeLessThan(2 ** 64);
  expect(lengthOf('001fffffffffffff')).toBe(Number.MAX_SAFE_INTEGER);
});
