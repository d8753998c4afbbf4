import { describe, expect, test } from 'vitest';
import { CAUSES, findCauses } from './causes.ts';

const failed = (id: string, cause: string) => ({ id, outcome: 'failed' as const, cause });

describe('findCauses', () => {
  test('groups the failed cases by cause, the largest group first, each in the order of the suite', () => {
    const causes = findCauses([
      failed('5.2-a', 'binary-as-text'),
      failed('5.5.2-b', 'pings-not-answered'),
      failed('5.5.2-c', 'pings-not-answered'),
      { id: '5.2-d', outcome: 'passed', cause: '' },
    ]);
    expect(causes.map(({ title, cases }) => [title, cases.map(({ id }) => id)])).toEqual([
      ['Pings are not answered', ['5.5.2-b', '5.5.2-c']],
      ['Binary messages come back as text', ['5.2-a']],
    ]);
  });

  test('keeps cases whose cause it does not know', () => {
    expect(findCauses([failed('a', 'toString'), failed('b', '')]).map(({ title, fix }) => [title, fix])).toEqual([
      ['toString', ''],
      ['Other failures', ''],
    ]);
  });
});

test.each(Object.entries(CAUSES))('%s says what happens and what to change', (_, { title, fix }) => {
  expect(title).toMatch(/^[A-Z].*[a-z8]$/);
  expect(fix).toMatch(/^[A-Z].*\.$/);
});
