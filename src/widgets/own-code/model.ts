import type { Failure, StageVerdict } from './judge/verdict.ts';

/** What the figure of one stage shows. */
export interface BenchState {
  /** The number of tests that have run, while the code runs. */
  readonly running: { readonly done: number; readonly total: number } | undefined;
  readonly verdict: StageVerdict | undefined;
  /** Whether the code has been changed since the verdict. */
  readonly isOld: boolean;
  /** The case whose bytes are open; undefined for the first one that failed. */
  readonly openCase: string | undefined;
}

/** What can happen to it. */
export type BenchAction =
  | { readonly type: 'start' }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'finish'; readonly verdict: StageVerdict }
  /** Something that the run needs could not be loaded. */
  | { readonly type: 'lose' }
  | { readonly type: 'edit' }
  | { readonly type: 'open'; readonly id: string };

export const INITIAL_BENCH: BenchState = { running: undefined, verdict: undefined, isOld: false, openCase: undefined };

export function reduceBench(state: BenchState, action: BenchAction): BenchState {
  switch (action.type) {
    case 'start':
      return { ...INITIAL_BENCH, running: { done: 0, total: 0 } };
    case 'progress':
      return state.running === undefined ? state : { ...state, running: { done: action.done, total: action.total } };
    case 'finish':
      return state.running === undefined ? state : { ...INITIAL_BENCH, verdict: action.verdict };
    case 'lose':
      return INITIAL_BENCH;
    case 'edit':
      return state.verdict === undefined || state.isOld ? state : { ...state, isOld: true };
    case 'open':
      return { ...state, openCase: action.id };
  }
}

/** The failure that is shown in full: the opened case, or the first that failed. */
export function shownFailure({ verdict, openCase }: BenchState): Failure | undefined {
  return verdict?.suite?.failures.find(({ id }) => id === openCase) ?? verdict?.failure;
}

/** The verdict in one sentence; empty if there is none. */
export function summarize({ passed, done, total, failure, suite }: StageVerdict): string {
  if (suite !== undefined) {
    const { counts, leftOut } = suite;
    const counted = `${counts.passed} passed, ${counts.allowed} allowed, ${counts.failed} failed`;
    const rest = leftOut === 0 ? '' : `, ${leftOut} did not run`;
    return passed
      ? `All ${total} cases: ${counted}. Your server meets RFC 6455.`
      : `${total} cases: ${counted}${rest}.`;
  }
  if (passed) return `All ${total} tests passed.`;
  if (total === 0) return 'The tests did not run.';
  return `${done} of ${total} tests passed. This one failed: ${failure?.title ?? ''}.`;
}

/** What a screen reader says: a run that begins, and its result. */
export function announce({ running, verdict }: BenchState): string {
  if (running !== undefined) return 'Running your code.';
  if (verdict === undefined) return '';
  return verdict.failure === undefined ? summarize(verdict) : `${summarize(verdict)} ${verdict.failure.finding}`;
}
