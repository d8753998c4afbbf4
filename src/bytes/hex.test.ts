import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOfHex, formatHex, formatHexByte } from './hex.ts';

it('writes two digits a byte, of few bytes and of many, and reads them back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const hex = formatHex(bytes);
      expect(hex).toBe(Buffer.from(bytes).toString('hex'));
      expect(bytesOfHex(hex)).toEqual(bytes);
      expect([...bytes].map(formatHexByte).join('')).toBe(hex);
    }),
  );
});
