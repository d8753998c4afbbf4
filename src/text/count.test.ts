import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countBytes, countNoun, formatNumber } from './count.ts';

test.each([
  [0, 'frame', '0 frames'],
  [1, 'frame', '1 frame'],
  [2n, 'frame', '2 frames'],
  [999, 'frame', '999 frames'],
  [1000, 'frame', '1,000 frames'],
  [2n ** 63n, 'byte', '9,223,372,036,854,775,808 bytes'],
])('%s with the noun %s is %s', (count, noun, text) => {
  expect(countNoun(count, noun)).toBe(text);
});

test('digits are grouped as the platform groups them for American readers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), (count) => {
      expect(countNoun(count, 'byte').split(' ')[0]).toBe(count.toLocaleString('en-US'));
    }),
  );
});

test('a length that a number cannot hold exactly is called about so many bytes', () => {
  expect(countBytes(Number.MAX_SAFE_INTEGER)).toBe('9,007,199,254,740,991 bytes');
  expect(countBytes(2 ** 53)).toBe('about 9,007,199,254,740,992 bytes');
  expect(countBytes(2n ** 53n)).toBe('9,007,199,254,740,992 bytes');
});

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [16_777_216, '16,777,216'],
    [2n ** 63n, '9,223,372,036,854,775,808'],
  ])('%s is %s', (count, written) => expect(formatNumber(count)).toBe(written));

  test('no figure loads a locale: that kept the home page busy for 30 ms while it started', () => {
    const widgets = new URL('../widgets/', import.meta.url);
    const found = globSync('{base,inspector,watch}/**/*.{ts,tsx}', { cwd: fileURLToPath(widgets) })
      .filter((path) => !path.includes('.test.'))
      .filter((path) => /\.toLocaleString\(|\bIntl\./.test(readFileSync(new URL(path, widgets), 'utf8')));
    expect(found).toEqual([]);
  });
});
