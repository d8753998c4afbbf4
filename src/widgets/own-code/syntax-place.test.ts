import { expect, test } from 'vitest';
import { placeOfSyntaxError } from './syntax-place.ts';

test.each<[string, { line: number; column: number } | undefined]>([
  ['function f() {\n  return 1;\n}', undefined],
  ['function f() {\n  return key + ;\n}', { line: 2, column: 16 }],
  ['const x = (1;\n', { line: 1, column: 13 }],
  ['function f() {\n  if (x) {\n}', { line: 3, column: 2 }],
])('%j', (code, place) => {
  expect(placeOfSyntaxError(code)).toEqual(place);
});
