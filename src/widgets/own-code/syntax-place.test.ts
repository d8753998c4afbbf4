import { expect, test } from 'vitest';
import { runStage } from './run-stage.ts';
import { placeOfSyntaxError, placeSyntaxError } from './syntax-place.ts';
import { directCode } from './testing/direct-code.ts';

test.each<[string, { line: number; column: number } | undefined]>([
  ['function f() {\n  return 1;\n}', undefined],
  ['function f() {\n  return key + ;\n}', { line: 2, column: 16 }],
  ['const x = (1;\n', { line: 1, column: 13 }],
  ['function f() {\n  if (x) {\n}', { line: 3, column: 2 }],
])('%j', (code, place) => {
  expect(placeOfSyntaxError(code)).toEqual(place);
});

test('a syntax error is said with its place', async () => {
  const code = 'function accept(key) {\n  return key + ;\n}';
  const options = { loadCases: async () => [] };
  const verdict = await runStage('accept', [{ stage: 'accept', code }], directCode(), options);
  expect(verdict).toMatchObject({ passed: false, total: 0, failure: { error: { name: 'SyntaxError' } } });
  const placed = placeSyntaxError(verdict, 'accept', code);
  expect(placed.failure?.finding).toMatch(/^Line 2, column 16: SyntaxError: .*\.$/);
  expect(placed.failure?.error).toMatchObject({ stage: 'accept', line: 2, column: 16 });
});
