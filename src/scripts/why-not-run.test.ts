import { expect, test } from 'vitest';
import { whyNotRun } from './why-not-run.ts';

test.each([
  ['Chromium', 'Failed to fetch dynamically imported module: http://localhost:8080/_astro/play.js'],
  ['Firefox', 'error loading dynamically imported module: http://localhost:8080/_astro/play.js'],
  ['Safari', 'Importing a module script failed.'],
])('says in words of its own what %s says when code cannot be fetched', (_browser, said) => {
  const why = whyNotRun(new TypeError(said));
  expect(why).toContain('the server that has it is gone');
  expect(why).not.toContain('_astro');
});

test('passes on what else went wrong', () => {
  expect(whyNotRun(new Error('The companion does not answer.'))).toBe('The companion does not answer.');
  expect(whyNotRun('cut off')).toBe('cut off');
});
