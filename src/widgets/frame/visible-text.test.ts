import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visiblePieces, visibleText } from './visible-text.ts';

test('nothing that hides or reorders text is left in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});

test.each([
  ['a\nb', 'a\\nb'],
  ['\u202eevil', '\\u202eevil'],
  ['\ud800', '\\ud800'],
  ['\u{e0001}', '\\u{e0001}'],
  ['<script>', '<script>'],
])('%j is shown as %s', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test('a typed backslash is told from an escape', () => {
  expect(visiblePieces('\\n\n')).toEqual([
    { text: '\\n', escaped: false },
    { text: '\\n', escaped: true },
  ]);
});
