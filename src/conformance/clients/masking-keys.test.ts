import { expect, test } from 'vitest';
import { checkMaskingKeys } from './masking-keys.ts';

const NONE: ReadonlySet<number> = new Set();
/** Like a strong source, but the same each time. */
const GOOD = Array.from(
  { length: 32 },
  (_, nth) => Math.imul(nth + 1, 0x9e3779b1) ^ Math.imul(nth + 7, 0x85ebca6b),
).map((key) => key >>> 0);

test('accepts keys that differ in every byte', () => {
  expect(checkMaskingKeys(GOOD, NONE)).toBeUndefined();
  expect(checkMaskingKeys([], NONE)).toBeUndefined();
});

test.each([
  ['zeros', [0, ...GOOD], '1 masking key of 33 is 0'],
  ['a repeated key', [...GOOD, GOOD[3] as number], 'Only 32 of 33'],
  ['a counter', GOOD.map((_, nth) => 5 + nth), 'plus 1'],
  ['a counter that wraps around', GOOD.map((_, nth) => (0xfffffff1 + nth * 3 + 1) >>> 0), 'plus 3'],
  ['a first byte that never changes', GOOD.map((key) => key & 0xffffff), 'Byte 1'],
])('finds %s', (_, keys, words) => {
  expect(checkMaskingKeys(keys, NONE)).toContain(words);
});

test('finds a source that starts alike on each connection', () => {
  expect(checkMaskingKeys(GOOD, new Set(GOOD.slice(0, 2)))).toContain('first keys of other connections');
});
