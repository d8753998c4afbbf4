import { expect, test } from 'vitest';
import { runExample } from './run-example.ts';

test('conformance() makes a test of each case, and all pass for a right server', async () => {
  const { success, tests } = await runExample('examples/vitest');
  const names = tests.map(({ fullName }) => fullName);
  expect(names.filter((name) => name.startsWith('conformance to RFC 6455 5.4-')).length).toBeGreaterThan(20);
  expect(success).toBe(true);
});

test('a wrong server fails the test of a case, which says what was expected and what came back', async () => {
  const { success, tests } = await runExample('examples/vitest', { BROKEN: '1' });
  expect(success).toBe(false);
  const failed = tests.filter(({ status }) => status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  expect(failed[0]?.failureMessages.join('\n')).toMatch(/FAILED {2}5\.4-[\s\S]*expected[\s\S]*came back/);
});
