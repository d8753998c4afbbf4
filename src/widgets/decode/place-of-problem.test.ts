import { expect, test } from 'vitest';
import { placeOfProblem } from './place-of-problem.ts';

const problem = (text: string, marked: string) => {
  const start = text.indexOf(marked);
  return placeOfProblem(text, { sentence: '', start, end: start + marked.length });
};

test('a mistake is shown in its line, with line and column counted from 1', () => {
  expect(problem('81 85\n37 fa xz 3d\n7f', 'x')).toEqual({
    line: 2,
    column: 7,
    before: '37 fa ',
    marked: 'x',
    after: 'z 3d',
    start: 12,
    end: 13,
  });
});

test('of a long line only the part around the mistake is shown', () => {
  const { before, marked, after, column } = problem(`${'81 '.repeat(500)}!${' 81'.repeat(500)}`, '!');
  expect([marked, column]).toEqual(['!', 1501]);
  expect(before).toHaveLength(33);
  expect(before.startsWith('…')).toBe(true);
  expect(after.endsWith('…')).toBe(true);
});

test('a mistake at the end, or over the end of a line, marks what there is', () => {
  expect(placeOfProblem('81 8', { sentence: '', start: 4, end: 4 })).toMatchObject({
    column: 5,
    marked: '',
    after: '',
  });
  expect(problem('[0x81,\n{', ',\n{')).toMatchObject({ line: 1, column: 6, marked: ',', after: '' });
});

test('a character that cannot be seen is shown as an escape', () => {
  expect(problem('81 \u202e', '\u202e').marked).toBe('\\u{202e}');
});
