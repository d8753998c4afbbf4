import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf } from '../../../../tests/bytes.ts';
import { encodeText } from '../../../text/utf8.ts';
import { sha1 } from './sha1.ts';

const expected = (message: Uint8Array) => createHash('sha1').update(message).digest('hex');

test('RFC 3174 §7.3: its test cases', () => {
  expect(hexOf(sha1(encodeText('abc')))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  const long = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq';
  expect(hexOf(sha1(encodeText(long)))).toBe('84983e441c3bd26ebaae4aa1f95129e5e54670f1');
});

test('the same as Node’s, at every length around the ends of blocks', () => {
  for (let length = 0; length <= 260; length++) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 151 + length) & 0xff);
    expect(hexOf(sha1(message)), `${length} bytes`).toBe(expected(message));
  }
});

test('the same as Node’s, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (message) => {
      expect(hexOf(sha1(message))).toBe(expected(message));
    }),
  );
});
