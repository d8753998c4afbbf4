import { describe, expect, test } from 'vitest';
import { solutionOf } from '../solutions.ts';
import { loadDirectly } from '../testing/direct-code.ts';
import { judgeServer } from './judge-server.ts';

describe('the whole server', () => {
  test('the solution passes every case', async () => {
    const verdict = await judgeServer(await loadDirectly('createServer', solutionOf('createServer')));
    expect(verdict.suite?.failures.map(({ id, finding }) => `${id}: ${finding}`)).toEqual([]);
    expect(verdict.passed).toBe(true);
    expect(verdict.total).toBeGreaterThan(700);
  });
});
