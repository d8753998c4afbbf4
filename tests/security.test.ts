import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const SECURITY = readFileSync(new URL('SECURITY.md', ROOT), 'utf8');

/** Each test that is named: its file, and words from its title or of it. */
const named = [...SECURITY.matchAll(/`([\w/.-]+\.(?:test|spec)\.ts)`: "([^"]+)"/g)].map(([, file = '', words = '']) => [
  file,
  words,
]);

test.each(named)('%s holds "%s"', (file, words) => {
  expect(readFileSync(new URL(file, ROOT), 'utf8')).toContain(words);
});

test('every row of a table names a test', () => {
  const rows = SECURITY.split('\n').filter((line) => /^\| (?!promise|option)/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(row).toMatch(/`[\w/.-]+\.(?:test|spec)\.ts`: "[^"]+" \|$|"[^"]+" \|$/);
});

test.each([...SECURITY.matchAll(/`((?:server|src|tests)\/[\w/.-]+)`/g)].map(([, path = '']) => path))(
  'what is named is there: %s',
  (path) => {
    expect(existsSync(new URL(path, ROOT))).toBe(true);
  },
);

test('no install script is run, and no script of ours counts on another before or after it', () => {
  expect(readFileSync(new URL('.npmrc', ROOT), 'utf8').split('\n')).toContain('ignore-scripts=true');
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { scripts: object };
  const names = Object.keys(scripts);
  // npm would not run these either.
  const around = names.filter((name) => names.some((other) => name === `pre${other}` || name === `post${other}`));
  expect(around).toEqual([]);
});
