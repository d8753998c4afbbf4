import { describe, expect, test } from 'vitest';
import { CORE_CASES } from './judge/core-cases.ts';
import { judgeStage } from './judge/judge-stage.ts';
import { STAGE_IDS } from './stage-id.ts';
import { STAGES } from './stages.ts';
import { loadDirectly } from './testing/direct-code.ts';

test('the stages are in their order', () => {
  expect(STAGES.map(({ id }) => id)).toEqual(STAGE_IDS);
});

describe.each(STAGES)('the beginning of $id', ({ id, starter, signature }) => {
  test('runs, and fails its first tests without an error', async () => {
    const verdict = await judgeStage(id, await loadDirectly(id, starter), { loadCases: async () => CORE_CASES });
    expect(verdict.passed).toBe(false);
    expect(verdict.failure?.error).toBeUndefined();
    expect(verdict.failure?.finding).not.toBe('');
    expect(signature).toContain(`${id}(`);
  });
});
