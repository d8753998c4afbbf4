import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The paths of all test files that hold a property, from the project's root, sorted. */
export function findPropertyFiles(): string[] {
  return globSync(['{src,server,bench,scripts}/**/*.test.{ts,tsx}', 'tests/*.test.ts'], { cwd: ROOT })
    .filter((path) => readFileSync(`${ROOT}/${path}`, 'utf8').includes('fc.assert('))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path !== SEEDED)
    .sort();
}

/** It holds that the properties of `npm test` have a fixed seed, and fails with any other. */
const SEEDED = 'tests/fixed-seed.test.ts';
