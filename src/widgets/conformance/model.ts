import type { CaseOutcome, ConformanceAnswer, ConformanceEnd, ReportedCase } from '../../companion/conformance.ts';
import { stageNumbered } from '../../conformance/stages.ts';

/** The form, as the reader filled it in. */
export interface ConformanceForm {
  readonly url: string;
  readonly only: string;
  /** Digits, or empty. */
  readonly maxMessage: string;
  /** The number of a stage, or empty for the whole suite. */
  readonly stage: string;
}

/** The state of a run. */
export type ConformancePhase = 'example' | 'running' | 'stopping' | ConformanceEnd | 'problem';

/** What the figure shows: a form, the results so far, and a filter. */
export interface ConformanceState {
  readonly form: ConformanceForm;
  readonly phase: ConformancePhase;
  /** The server that the results belong to. */
  readonly url: string;
  /** The stage that was run, as in the form. Empty if only some of its cases were: they say nothing about the others. */
  readonly stage: string;
  /** In the order of the suite, whatever the order in which the cases finished. */
  readonly results: readonly ReportedCase[];
  /** The number of cases; 0 until the first one is done. */
  readonly total: number;
  readonly tookMs: number;
  readonly problem: string | undefined;
  readonly filter: CaseFilter;
}

export interface CaseFilter {
  readonly outcome: CaseOutcome | 'any';
  readonly words: string;
  /** The name of the cause whose cases are shown; undefined for all. */
  readonly cause: string | undefined;
}

/** A recorded run, shown as an example. */
export interface ConformanceRecording {
  readonly url: string;
  readonly only: string;
  readonly tookMs: number;
  readonly results: readonly ReportedCase[];
}

export type ConformanceAction =
  | { readonly type: 'fill'; readonly form: Partial<ConformanceForm> }
  | { readonly type: 'start' }
  /** What the companion reported since the last time, in order. */
  | { readonly type: 'report'; readonly answers: readonly ConformanceAnswer[] }
  | { readonly type: 'stop' }
  | { readonly type: 'lose'; readonly why: string }
  | { readonly type: 'filter'; readonly filter: Partial<CaseFilter> };

const NO_FILTER: CaseFilter = { outcome: 'any', words: '', cause: undefined };

export function initialConformance({ url, only, tookMs, results }: ConformanceRecording): ConformanceState {
  return {
    form: { url: '', only: '', maxMessage: '', stage: '' },
    phase: 'example',
    url: only === '' ? url : `${url}, cases ${only}`,
    stage: '',
    ...{ results, total: results.length, tookMs },
    problem: undefined,
    filter: NO_FILTER,
  };
}

export function reduceConformance(state: ConformanceState, action: ConformanceAction): ConformanceState {
  const { form } = state;
  switch (action.type) {
    case 'fill':
      // A new address makes the old complaint obsolete.
      return {
        ...state,
        form: { ...form, ...action.form },
        ...(state.phase === 'problem' ? { problem: undefined } : {}),
      };
    case 'start':
      return {
        ...{
          form,
          phase: 'running',
          url: form.url,
          stage: form.only === '' ? form.stage : '',
          results: [],
          total: 0,
          tookMs: 0,
        },
        ...{ problem: undefined, filter: NO_FILTER },
      };
    case 'report':
      return addReport(state, action.answers);
    case 'stop':
      return state.phase === 'running' ? { ...state, phase: 'stopping' } : state;
    case 'lose':
      return isRunning(state) ? { ...state, phase: 'problem', problem: action.why } : state;
    case 'filter':
      return { ...state, filter: { ...state.filter, ...action.filter } };
  }
}

function addReport(state: ConformanceState, answers: readonly ConformanceAnswer[]): ConformanceState {
  if (!isRunning(state)) return state;
  const results = [...state.results];
  let { total } = state;
  const sorted = () => results.sort((a, b) => a.place - b.place);
  for (const answer of answers) {
    if (answer.type === 'progress') {
      results.push(answer.result);
      total = answer.total;
    } else if (answer.type === 'done') {
      return { ...state, results: sorted(), total, phase: answer.end, tookMs: answer.tookMs };
    } else return { ...state, results: sorted(), total, phase: 'problem', problem: answer.sentence };
  }
  return { ...state, results: sorted(), total };
}

export function isRunning({ phase }: ConformanceState): boolean {
  return phase === 'running' || phase === 'stopping';
}

/** The number of cases with each outcome. */
export function countOutcomes(results: readonly ReportedCase[]): Readonly<Record<CaseOutcome, number>> {
  const counts = { passed: 0, allowed: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
}

/** Sums up a run in one sentence. */
export function summarize(state: ConformanceState): string {
  const { phase, results, total, tookMs } = state;
  const { passed, allowed, failed } = countOutcomes(results);
  const tally = `${passed} passed, ${allowed} allowed, ${failed} failed`;
  if (isRunning(state)) return results.length === 0 ? 'Connecting.' : `${results.length} of ${total}: ${tally}.`;
  if (phase === 'problem')
    return results.length === 0 ? '' : `Interrupted after ${results.length} of ${total}: ${tally}.`;
  if (phase === 'not-opened') return 'The server opens no connection, so no other case can run. Fix this first.';
  if (phase === 'gone') {
    return `The server stopped listening after ${results.length} of ${total}: ${tally}. A case probably crashed it.`;
  }
  if (phase === 'stopped') return `Stopped after ${results.length} of ${total || 'all'}: ${tally}.`;
  return `${total} ${total === 1 ? 'case' : 'cases'} in ${(tookMs / 1000).toFixed(1)} s: ${tally}.${summarizeStage(state)}`;
}

/** Says whether the stage is done, and what comes next; empty if the whole suite ran. */
function summarizeStage({ stage, results }: ConformanceState): string {
  if (stage === '') return '';
  if (results.some(({ outcome }) => outcome === 'failed')) return ` Stage ${stage} is not done yet.`;
  const next = stageNumbered(Number(stage) + 1);
  return ` Stage ${stage} is done. ${next === undefined ? 'It is the last one.' : `Next is stage ${next.number}: ${next.title}.`}`;
}

const ANNOUNCED_PARTS = 4;

/** What a screen reader announces: the start, each quarter, and the end. */
export function announce(state: ConformanceState): string {
  const { phase, results, total } = state;
  if (phase === 'example') return '';
  if (phase === 'stopping') return 'Stopping.';
  if (phase !== 'running') return summarize(state);
  const quarter = total === 0 ? 0 : Math.floor((results.length / total) * ANNOUNCED_PARTS);
  return quarter === 0 ? 'The run has started.' : `${(quarter * 100) / ANNOUNCED_PARTS} % of the cases are done.`;
}
