import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutOf, MAX_HEADER_LENGTH, MIN_HEADER_LENGTH, minimalLengthField } from './layout.ts';

const SECOND_BYTES = Array.from({ length: 256 }, (_, secondByte) => secondByte);

test('the parts of a header follow one another without a gap, whatever the second byte', () => {
  for (const secondByte of SECOND_BYTES) {
    const { extendedPayloadLength, maskingKey, headerLength } = layoutOf(secondByte);
    expect(extendedPayloadLength.start).toBe(2);
    expect(maskingKey.start).toBe(extendedPayloadLength.end);
    expect(headerLength).toBe(maskingKey.end);
  }
});

test('the parts have the sizes of the figure in RFC 6455 §5.2', () => {
  for (const secondByte of SECOND_BYTES) {
    const { lengthForm, extendedPayloadLength, maskingKey } = layoutOf(secondByte);
    const lengthField = secondByte % 128;
    const extension = new Map([
      [126, 2],
      [127, 8],
    ]).get(lengthField);
    expect(extendedPayloadLength.end - extendedPayloadLength.start).toBe(extension ?? 0);
    expect(lengthForm).toBe(extension === undefined ? 7 : extension * 8);
    expect(maskingKey.end - maskingKey.start).toBe(secondByte < 128 ? 0 : 4);
  }
});

test('the shortest and the longest header are those named', () => {
  const lengths = SECOND_BYTES.map((secondByte) => layoutOf(secondByte).headerLength);
  expect(Math.min(...lengths)).toBe(MIN_HEADER_LENGTH);
  expect(Math.max(...lengths)).toBe(MAX_HEADER_LENGTH);
});

test.each([
  [0, 0],
  [125, 125],
  [126, 126],
  [127, 126],
  [65_535, 126],
  [65_536, 127],
  [Number.MAX_SAFE_INTEGER, 127],
])('a payload of %i bytes takes the length field %i', (payloadLength, lengthField) => {
  expect(minimalLengthField(payloadLength)).toBe(lengthField);
});

test('the minimal form holds the length, and the form below it does not', () => {
  const capacity = { 7: 125, 16: 0xffff, 64: Number.MAX_SAFE_INTEGER };
  const below = { 7: -1, 16: capacity[7], 64: capacity[16] };
  fc.assert(
    fc.property(fc.oneof(fc.nat(200), fc.nat(70_000), fc.maxSafeNat()), (payloadLength) => {
      const { lengthForm } = layoutOf(minimalLengthField(payloadLength));
      expect(payloadLength).toBeLessThanOrEqual(capacity[lengthForm]);
      expect(payloadLength).toBeGreaterThan(below[lengthForm]);
    }),
  );
});
