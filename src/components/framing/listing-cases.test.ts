import { expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { LISTING_CASES } from './listing-cases.ts';

test('a long message becomes an empty one, and its bytes other frames', () => {
  const { listing, ours } = LISTING_CASES['length-127']();
  expect(listing[0]).toBe('hands its handler an empty message');
  expect(listing[1]).toMatch(/^drops 128 bytes as a frame with opcode 7, reserved 7/);
  expect(listing.at(-1)).toMatch(/^after 65 reads it has called its handler/);
  expect(ours).toEqual(['hands its handler a binary message of 65,536 bytes']);
});

test('one byte less than 64 KiB goes out in the 64-bit form', () => {
  const { listing, ours, bytes } = LISTING_CASES['sends-65535']();
  expect(formatHex(bytes)).toBe('827f000000000000ffff');
  expect(listing[0]).toBe('writes the 64-bit form, 10 bytes');
  expect(listing[1]).toMatch(/fails the connection with 1002/);
  expect(ours).toEqual(['writes the 16-bit form, 4 bytes']);
});

test.each([
  ['stalls', 'waits: it holds 4 bytes and wants 6 bytes', /1002.*masks every frame/],
  ['unmasked', 'hands its handler “Hello”', /1002.*masks every frame/],
  ['rsv', 'hands its handler “Hello”', /1002.*RSV1/],
  ['opcode', /drops 11 bytes as a frame with opcode 3/, /1002.*reserved/],
  ['bound', /waits: it holds 14 bytes and wants [\d,]{10,} bytes/, /1009/],
] as const)('%s', (name, listing, ours) => {
  const shown = LISTING_CASES[name]();
  expect(shown.listing[0]).toMatch(listing);
  expect(shown.ours[0]).toMatch(ours);
});
