import type { CaseOutcome, ConformanceAnswer, ConformanceEnd, ReportedCase } from '../../companion/conformance.ts';

/** The form, as it is filled in. */
export interface ConformanceForm {
  readonly url: string;
  readonly only: string;
  /** Digits, or nothing. */
  readonly maxMessage: string;
}

/** How far a run is. */
export type ConformancePhase = 'example' | 'running' | 'stopping' | ConformanceEnd | 'problem';

/** What the figure shows: a form, the results so far, and which of them. */
export interface ConformanceState {
  readonly form: ConformanceForm;
  readonly phase: ConformancePhase;
  /** What the results are of. */
  readonly url: string;
  readonly results: readonly ReportedCase[];
  /** How many cases there are; 0 until the first is through. */
  readonly total: number;
  readonly tookMs: number;
  readonly problem: string | undefined;
  readonly filter: CaseFilter;
}

export interface CaseFilter {
  readonly outcome: CaseOutcome | 'any';
  readonly words: string;
  /** What several cases fall short of, where only those are wanted. */
  readonly cause: string | undefined;
}

/** What was recorded of a server, to be shown where nothing has been run. */
export interface ConformanceRecording {
  readonly url: string;
  readonly only: string;
  readonly tookMs: number;
  readonly results: readonly ReportedCase[];
}

export type ConformanceAction =
  | { readonly type: 'fill'; readonly form: Partial<ConformanceForm> }
  | { readonly type: 'start' }
  /** What the companion told since the last time, in order. */
  | { readonly type: 'told'; readonly answers: readonly ConformanceAnswer[] }
  | { readonly type: 'stop' }
  | { readonly type: 'lose'; readonly why: string }
  | { readonly type: 'filter'; readonly filter: Partial<CaseFilter> };

const NO_FILTER: CaseFilter = { outcome: 'any', words: '', cause: undefined };

export function initialConformance({ url, only, tookMs, results }: ConformanceRecording): ConformanceState {
  return {
    form: { url, only: '', maxMessage: '' },
    phase: 'example',
    url: only === '' ? url : `${url}, cases ${only}`,
    ...{ results, total: results.length, tookMs },
    problem: undefined,
    filter: NO_FILTER,
  };
}

export function reduceConformance(state: ConformanceState, action: ConformanceAction): ConformanceState {
  const { form } = state;
  switch (action.type) {
    case 'fill':
      return { ...state, form: { ...form, ...action.form } };
    case 'start':
      return {
        ...{ form, phase: 'running', url: form.url, results: [], total: 0, tookMs: 0 },
        ...{ problem: undefined, filter: NO_FILTER },
      };
    case 'told':
      return tell(state, action.answers);
    case 'stop':
      return state.phase === 'running' ? { ...state, phase: 'stopping' } : state;
    case 'lose':
      return isRunning(state) ? { ...state, phase: 'problem', problem: action.why } : state;
    case 'filter':
      return { ...state, filter: { ...state.filter, ...action.filter } };
  }
}

function tell(state: ConformanceState, answers: readonly ConformanceAnswer[]): ConformanceState {
  if (!isRunning(state)) return state;
  const results = [...state.results];
  let { total } = state;
  for (const answer of answers) {
    if (answer.type === 'progress') {
      results.push(answer.result);
      total = answer.total;
    } else if (answer.type === 'done') {
      return { ...state, results, total, phase: answer.end, tookMs: answer.tookMs };
    } else return { ...state, results, total, phase: 'problem', problem: answer.sentence };
  }
  return { ...state, results, total };
}

export function isRunning({ phase }: ConformanceState): boolean {
  return phase === 'running' || phase === 'stopping';
}

/** How many cases came to what. */
export function countOutcomes(results: readonly ReportedCase[]): Readonly<Record<CaseOutcome, number>> {
  const counts = { passed: 0, allowed: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
}

/** One sentence for the whole of it. */
export function summarize(state: ConformanceState): string {
  const { phase, results, total, tookMs } = state;
  const { passed, allowed, failed } = countOutcomes(results);
  const tally = `${passed} passed, ${allowed} allowed, ${failed} failed`;
  if (isRunning(state)) return results.length === 0 ? 'Connecting.' : `${results.length} of ${total}: ${tally}.`;
  if (phase === 'problem')
    return results.length === 0 ? '' : `Broken off after ${results.length} of ${total}: ${tally}.`;
  if (phase === 'not-opened')
    return 'The server opens no connection, so all other cases were left out. Mend this one first.';
  if (phase === 'gone') {
    return `Nobody listens there any more, after ${results.length} of ${total}: ${tally}. It seems that a case has ended the server.`;
  }
  if (phase === 'stopped') return `Stopped after ${results.length} of ${total || 'all'}: ${tally}.`;
  return `${total} ${total === 1 ? 'case' : 'cases'} in ${(tookMs / 1000).toFixed(1)} s: ${tally}.`;
}

const SAID_PARTS = 4;

/** What is said aloud: the start, each quarter, and the end. It changes no more often than that. */
export function announce(state: ConformanceState): string {
  const { phase, results, total } = state;
  if (phase === 'example') return '';
  if (phase === 'stopping') return 'Stopping.';
  if (phase !== 'running') return summarize(state);
  const quarter = total === 0 ? 0 : Math.floor((results.length / total) * SAID_PARTS);
  return quarter === 0 ? 'The run has begun.' : `${(quarter * 100) / SAID_PARTS} % of the cases are through.`;
}
