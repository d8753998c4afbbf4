import { expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { readPasted } from './read-pasted.ts';

const hexOf = (text: string) => {
  const read = readPasted(text);
  return 'problem' in read ? read.problem.sentence : read.parts.map(({ bytes }) => formatHex(bytes)).join('|');
};

test.each([
  ['0x7ffe3c20:\t0x81\t0x05\t0x48\t0x65\t0x6c\t0x6c\t0x6f'],
  ['0x7ffe3c20 <buf>:\t0x81\t0x05\t0x48\t0x65\r\n0x7ffe3c24 <buf+4>:\t0x6c\t0x6c\t0x6f\r\n'],
  ['00000000`0012ff40  81 05 48 65 6c 6c 6f                             ..Hello'],
  ['00000000`0012ff40  81 05 48 65-6c 6c 6f'],
])('%j is a frame with Hello', (text) => {
  expect(hexOf(text)).toBe('810548656c6c6f');
});

test('a missing row of a debugger is named', () => {
  expect(hexOf('0x10:\t0x81\t0x05\n0x20:\t0x48')).toMatch(/A row is missing/);
});

test('an escape in capitals, as Haskell has them, is no escape of C', () => {
  expect(hexOf('"\\129\\ENQHello"')).toMatch(/not a byte/);
});
