import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CHUNKS } from '../integrations/chunks.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const modules = globSync('src/**/*.{ts,tsx}', { cwd: ROOT })
  .filter((path) => !/\.test\.tsx?$/.test(path))
  .map((path) => `/${path}`);

/** What stands between the bars of a pattern that are in no group. */
function splitAtBars(source: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of source) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** The paths that a pattern stands for: `a(?:b|c(?:d|e))` is `ab`, `acd` and `ace`. */
function pathsOf(source: string): string[] {
  const start = source.indexOf('(?:');
  if (start === -1) return [source];
  let end = start + 1;
  for (let depth = 1; depth > 0; end++) depth += source[end] === '(' ? 1 : source[end] === ')' ? -1 : 0;
  const [before, inside, after] = [source.slice(0, start), source.slice(start + 3, end - 1), source.slice(end)];
  return splitAtBars(inside).flatMap((each) => pathsOf(before + each + after));
}

const unnamed = (pattern: RegExp) =>
  pathsOf(pattern.source).filter((path) => !modules.some((module) => new RegExp(path).test(module)));

// A module that moves takes no row with it: what a row no longer names is loaded with whatever asks for it first.
test.each(CHUNKS.filter(({ name }) => name !== 'preact'))(
  'each path of the row $name begins a module',
  ({ test: pattern }) => {
    expect(unnamed(pattern)).toEqual([]);
  },
);

test('a path that begins no module is found among others', () => {
  const pattern = /\/src\/(?:companion\/(?:health|gone)|protocol\/(?:limits|rules)\.ts|widgets\/(?:accept\/|old\/))/;
  expect(unnamed(pattern)).toEqual(['\\/src\\/companion\\/gone', '\\/src\\/widgets\\/old\\/']);
});
