import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { traceEcho } from './architecture/trace.ts';
import { WALLS } from './boundaries/walls.ts';

const ARCHITECTURE = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');

const rowsOf = (heading: string): string[] => {
  const section = ARCHITECTURE.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section.split('\n').filter((line) => /^\| (?!function|around|-)/.test(line));
};

test('one short text goes the way that is written down, function by function', async () => {
  const written = rowsOf('One short text’s way'.replace('’', "'")).map((row) => {
    const [, name = '', file = ''] = /^\| `([^`]+)` \| (\S+) \|/.exec(row) ?? [];
    return `${file} ${name}`;
  });
  // A getter, such as `get readyState`, is not a step. The fields of a class are created as a part of its constructor.
  const traced = (await traceEcho())
    .filter(({ functionName }) => !/^(get |<instance_members_initializer>)/.test(functionName))
    .map(({ file, functionName }) => `${file} ${functionName}`);
  expect(written.length).toBeGreaterThan(20);
  expect(written.toSorted()).toEqual(traced.toSorted());
});

test('every wall is in the table, with its reason', () => {
  const reasons = rowsOf('The walls').map((row) => row.split(' | ').at(-1)?.replace(/ \|$/, ''));
  expect(reasons).toEqual(WALLS.map(({ reason }) => reason));
});
