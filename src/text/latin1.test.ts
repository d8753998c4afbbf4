import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLatin1, encodeLatin1, textOfHex } from './latin1.ts';

/** Bytes of every number, also so many that they are decoded in pieces. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc
    .constantFrom(8191, 8192, 8193, 16_384, 20_000)
    .chain((length) => fc.nat(255).map((first) => Uint8Array.from({ length }, (_, i) => first + i))),
);

test('each byte is the character of its number, up to any end, and is encoded as itself again', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), (all, cut) => {
      const end = cut % (all.length + 1);
      const text = decodeLatin1(all, end);
      expect(text === Buffer.from(all.subarray(0, end)).toString('latin1')).toBe(true);
      expect(decodeLatin1(all)).toHaveLength(all.length);
      expect(Buffer.from(encodeLatin1(text)).equals(all.subarray(0, end))).toBe(true);
    }),
  );
});

test('byte 80 is no euro sign', () => {
  expect(decodeLatin1(Uint8Array.of(0x80, 0x9f))).toBe('\u0080\u009f');
});

test('two texts that are encoded one after the other do not share bytes', () => {
  const [first, second] = [encodeLatin1('first'), encodeLatin1('second')];
  expect([decodeLatin1(first), decodeLatin1(second)]).toEqual(['first', 'second']);
});

test('hex is read as one character for each byte', () => {
  expect(textOfHex('4772fcdf65')).toBe('Grüße');
});
