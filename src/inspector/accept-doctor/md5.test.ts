import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { md5 } from './md5.ts';

const platform = (message: Uint8Array) => createHash('md5').update(message).digest('hex');

test('MD5 comes to what the platform’s comes to, at every length around the blocks', () => {
  for (let length = 0; length <= 3 * 64; length++) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 37) & 0xff);
    expect(hexOf(md5(message)), `${length} bytes`).toBe(platform(message));
  }
});

test('MD5 comes to what the platform’s comes to, and leaves the message as it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const message = bytes.slice();
      expect(hexOf(md5(message))).toBe(platform(bytes));
      expect(message).toEqual(bytes);
    }),
  );
});
