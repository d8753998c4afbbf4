import { describe, expect, test } from 'vitest';
import type { CaseFailure, StageVerdict } from './judge/verdict.ts';
import {
  announce,
  type BenchAction,
  type BenchState,
  INITIAL_BENCH,
  reduceBench,
  shownFailure,
  summarize,
} from './model.ts';

const after = (...actions: BenchAction[]): BenchState => actions.reduce(reduceBench, INITIAL_BENCH);

const failureOf = (id: string): CaseFailure => ({
  ...{ id, title: `case ${id}`, finding: `${id} is wrong.`, fix: '', call: '', expected: '', got: '' },
});
const PASSED: StageVerdict = { passed: true, done: 4, total: 4, lines: [] };
const FAILED: StageVerdict = { passed: false, done: 1, total: 4, failure: failureOf('b'), lines: [] };
const SUITE: StageVerdict = {
  ...{ passed: false, done: 6, total: 10, failure: failureOf('a'), lines: [] },
  suite: {
    counts: { passed: 5, allowed: 1, failed: 2 },
    causes: [],
    failures: [failureOf('a'), failureOf('b')],
    leftOut: 2,
  },
};

describe('a run', () => {
  test('counts its cases until it is finished', () => {
    expect(after({ type: 'start' }, { type: 'progress', done: 20, total: 721 }).running).toEqual({
      done: 20,
      total: 721,
    });
    const finished = after(
      { type: 'start' },
      { type: 'finish', verdict: PASSED },
      { type: 'progress', done: 1, total: 2 },
    );
    expect(finished).toMatchObject({ running: undefined, verdict: PASSED, isOld: false });
  });

  test('a verdict after the run was lost changes nothing', () => {
    expect(after({ type: 'start' }, { type: 'lose' }, { type: 'finish', verdict: PASSED })).toEqual(INITIAL_BENCH);
  });

  test('an edit makes the verdict old, and the next run drops it', () => {
    const edited = after({ type: 'start' }, { type: 'finish', verdict: PASSED }, { type: 'edit' });
    expect(edited.isOld).toBe(true);
    expect(reduceBench(edited, { type: 'start' }).verdict).toBeUndefined();
    expect(after({ type: 'edit' }).isOld).toBe(false);
  });

  test('shows the first failure, or the case that was opened', () => {
    const state = after({ type: 'start' }, { type: 'finish', verdict: SUITE });
    expect(shownFailure(state)?.title).toBe('case a');
    expect(shownFailure(reduceBench(state, { type: 'open', id: 'b' }))?.title).toBe('case b');
  });
});

test.each([
  [PASSED, 'All 4 tests passed.'],
  [FAILED, '1 of 4 tests passed. This one failed: case b.'],
  [{ ...FAILED, done: 0, total: 0 }, 'The tests did not run.'],
  [SUITE, '10 cases: 5 passed, 1 allowed, 2 failed, 2 did not run.'],
])('the summary of a verdict', (verdict, sentence) => {
  expect(summarize(verdict)).toBe(sentence);
});

test('a screen reader is told when a run begins, and its result', () => {
  expect(announce(INITIAL_BENCH)).toBe('');
  expect(announce(after({ type: 'start' }))).toBe('Running your code.');
  expect(announce(after({ type: 'start' }, { type: 'finish', verdict: FAILED }))).toBe(
    '1 of 4 tests passed. This one failed: case b. b is wrong.',
  );
});
