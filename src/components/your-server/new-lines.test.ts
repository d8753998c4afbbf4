import { expect, test } from 'vitest';
import { showNewLines } from './new-lines.ts';

const shown = (before: string, after: string) => {
  const signs = { same: ' ', new: '+', gone: '-', skipped: '.' };
  return showNewLines([...before], [...after])
    .map(({ kind, text }) => signs[kind] + text)
    .join('');
};

test('the first version is all new', () => {
  expect(shown('', 'abc')).toBe('+a+b+c');
});

test('what stays is left out, but for a line before and after', () => {
  expect(shown('abcdef', 'abcXdef')).toBe('. c+X d.');
  expect(shown('abcdef', 'Xabcdef')).toBe('+X a.');
  expect(shown('abcdef', 'abcdefX')).toBe('. f+X');
});

test('a changed line is one that goes and one that comes', () => {
  expect(shown('abc', 'aXc')).toBe(' a-b+X c');
});

test('two changes near each other are one place', () => {
  expect(shown('abcde', 'aXbcYde')).toBe(' a+X b c+Y d.');
});

test('nothing has changed: one place that is left out', () => {
  expect(shown('abc', 'abc')).toBe('.');
});

test('an empty line is shown only between two changes', () => {
  const lines = (text: string) => text.split('|');
  const kinds = showNewLines(lines('a||b'), lines('a||X||b')).map(({ kind, text }) => `${kind} ${text}`);
  expect(kinds).toEqual(['skipped ', 'new X', 'new ', 'same b']);
});
