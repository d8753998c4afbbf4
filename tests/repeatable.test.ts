import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findDraws, findUnboundedRuns } from './properties/find-draws.ts';
import { MAX_RUNS } from './properties/parameters.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every test, and everything that only tests use. */
const FILES = globSync(['{src,server,bench,scripts}/**/*.test.{ts,tsx}', 'server/testing/*.ts', 'tests/**/*.ts'], {
  cwd: ROOT,
})
  .map((path) => path.split(sep).join('/'))
  .sort();

const A_COMMAND = 'A command of its own: it draws a seed if none is given, and prints it.';
const A_TEXT = 'It looks for these names in other files.';
/** Files that may name what differs from run to run, each with its reason. */
const REASONS: Readonly<Record<string, string>> = {
  'tests/fuzz/main.ts': A_COMMAND,
  'tests/soak/main.ts': A_COMMAND,
  'tests/properties/main.ts': A_COMMAND,
  'tests/faults/usage.ts': 'It reports the wall clock of the server, which the test expects to jump.',
  'tests/boundaries.test.ts': A_TEXT,
  'tests/boundaries/free-names.ts': A_TEXT,
  'tests/boundaries/walls.ts': A_TEXT,
  'tests/properties/find-draws.ts': A_TEXT,
  'tests/repeatable.test.ts': A_TEXT,
};

const read = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');
/** What is found in each file, by its path; files in which nothing is found are left out. */
const findIn = (paths: readonly string[], find: (text: string) => string[]) =>
  Object.fromEntries(paths.map((path) => [path, find(read(path))] as const).filter(([, found]) => found.length > 0));

test('no test draws a value or reads the date: a run that fails can be repeated', () => {
  const paths = FILES.filter((path) => !Object.hasOwn(REASONS, path));
  expect(paths.length).toBeGreaterThan(200);
  expect(findIn(paths, findDraws)).toEqual({});
});

test('every property has a bounded number of runs', () => {
  const tests = FILES.filter((path) => /\.test\.tsx?$/.test(path) && path !== 'tests/repeatable.test.ts');
  expect(findIn(tests, (text) => findUnboundedRuns(text, MAX_RUNS))).toEqual({});
});

test.each(Object.keys(REASONS))('the exception is needed: %s', (path) => {
  expect(FILES).toContain(path);
  expect(findDraws(read(path))).not.toEqual([]);
});

test.each([
  ['const key = Math.random();', 'Math.random'],
  ['crypto.getRandomValues(key)', 'getRandomValues'],
  ["import { randomBytes } from 'node:crypto';", 'randomBytes'],
  ['const now = new Date();', 'new Date()'],
])('it is found: %s', (line, found) => {
  expect(findDraws(line)).toEqual([found]);
});

test.each([['{ numRuns: 3001 }'], ['{ numRuns: many, verbose: true }']])('it is too many runs: %s', (text) => {
  expect(findUnboundedRuns(text, 3000)).toHaveLength(1);
});

test('a fixed date and a bounded number of runs pass', () => {
  const text = 'new Date(1000); performance.now(); check(property, { numRuns: 3000 });';
  expect([...findDraws(text), ...findUnboundedRuns(text, 3000)]).toEqual([]);
});
