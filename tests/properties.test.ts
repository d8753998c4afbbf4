import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { findPropertyFiles } from './properties/find-property-files.ts';
import type { PropertyParameters } from './properties/parameters.ts';
import { runRound } from './properties/run-round.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PLANTED = 'tests/properties/planted';
const TIMEOUT = { timeout: 120_000 };

const properties = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['tests/properties/main.ts', ...args], { cwd: ROOT });

test('a rare bug is found by many runs, and reported with what shows it', TIMEOUT, async () => {
  const run = (parameters: PropertyParameters) =>
    runRound([`${PLANTED}/one-in-many`], parameters, `${PLANTED}/vitest.config.ts`);
  expect(await run({ seed: 1, numRuns: 1 })).toEqual({ tests: 2, failures: [] });
  const { tests, failures } = await run({ seed: 1, numRuns: 3000 });
  expect([tests, failures.length]).toEqual([2, 1]);
  expect(failures[0]).toMatchObject({
    path: `${PLANTED}/one-in-many.planted.ts`,
    test: 'a bug that one value in 256 shows',
  });
  expect(failures[0]?.message).toMatch(/seed: 1, path: "\d+.*Counterexample: \[Uint8Array.from\(\[165,/s);
  expect(failures[0]?.message).not.toContain('node_modules');
});

test('a file that cannot be run is a failure', TIMEOUT, async () => {
  const round = runRound(['no-such-file'], { seed: 1, numRuns: 1 }, `${PLANTED}/vitest.config.ts`);
  await expect(round).resolves.toMatchObject({ tests: 0, failures: [{ test: 'outside of every test' }] });
});

test('each round has a seed of its own, which follows from the first', TIMEOUT, async () => {
  const { stdout } = await properties('--seed', '5', '--rounds', '2', '--runs', '10', 'src/bytes/hex.test.ts');
  expect(stdout).toMatch(/^Node v\S+, 1 files?\nround 1, seed 5: 1 tests?, 0 failed, .*\nround 2, seed 2098692709: 1 /);
});

test('a path without a property is refused', TIMEOUT, async () => {
  await expect(properties('no-such-path')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no-such-path'),
  });
});

test('the files with properties are found, those of both projects of Vitest', () => {
  const files = findPropertyFiles();
  expect(files).toContain('src/inspector/accept-doctor/diagnose.test.ts');
  expect(files.length).toBeGreaterThan(70);
  expect(files).not.toContain('tests/fixed-seed.test.ts');
});
