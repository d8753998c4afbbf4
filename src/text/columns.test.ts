import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, fitColumns } from './columns.ts';

describe('fitColumns', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcd…'],
    ['中文字', 6, '中文字'],
    ['中文字啊', 6, '中文…'],
  ])('fits %s into %s columns', (text, columns, fitting) => {
    expect(fitColumns(text, columns)).toBe(fitting);
  });

  it('never takes more columns than there are, and leaves what fits as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
        const fitting = fitColumns(text, columns);
        expect(columnsOf(fitting)).toBeLessThanOrEqual(columns);
        expect(fitting === text).toBe(columnsOf(text) <= columns);
        if (fitting !== text) expect(text.startsWith(fitting.slice(0, -1))).toBe(true);
      }),
    );
  });
});
