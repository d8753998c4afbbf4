import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapLine } from './wrap-line.ts';

test('a line is broken between words, and moved in', () => {
  expect(wrapLine('  sent       one two three four five six seven eight', 13, 40)).toBe(
    '  sent       one two three four five six\n             seven eight',
  );
});

test('a word that is too long stays in one piece', () => {
  const word = 'x'.repeat(60);
  expect(wrapLine(`  hex  ${word} end`, 7, 40)).toBe(
    `  hex  ${word}\n       end`.replace(`  hex  ${word}`, `  hex\n       ${word}`),
  );
  expect(wrapLine(word, 2, 40)).toBe(word);
});

test('no word is lost, and no line is longer than it may be', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 40, max: 100 }),
      fc.nat(12),
      (words, columns, indent) => {
        const lines = wrapLine(words.join(' '), indent, columns).split('\n');
        expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(words);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

test('without a width nothing is broken', () => {
  const line = 'word '.repeat(100);
  expect(wrapLine(line, 2, undefined)).toBe(line);
});
