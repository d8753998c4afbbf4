import { performance } from 'node:perf_hooks';
import {
  type ConformanceCase,
  casesAtStage,
  casesStartingWith,
  conformanceCases,
  cutCase,
  type Outcome,
  PLAIN_OPENING,
  type Stage,
} from '../../src/conformance/index.ts';
import { findServer } from './find-server.ts';
import { type CaseResult, runCase } from './run-case.ts';
import { type CasesRunOptions, runCases } from './run-cases.ts';
import type { ServerUrl } from './target.ts';

export interface SuiteRunOptions extends CasesRunOptions {
  /** The cases to run; by default the whole suite. */
  readonly cases?: readonly ConformanceCase[] | undefined;
  /** Only the cases whose id starts with this. */
  readonly only?: string | undefined;
  /** The longest message that the server accepts. It adds the cases about that limit. */
  readonly maxMessageBytes?: number | undefined;
  /** Whether to add the cases about permessage-deflate. */
  readonly deflate?: boolean | undefined;
  /** Only what a server should pass that is being built and has come to this stage. */
  readonly stage?: Stage | undefined;
}

/**
 * How a run ends: after all cases; after the first one, because the server opens no connection; or early, because the
 * server stopped listening, a case failed and the run was to end with it, or the run was stopped.
 */
export type SuiteEnd = 'all' | 'not-opened' | 'gone' | 'bailed' | 'stopped';

/** Says why a run ended early; empty if it did not. */
export const EARLY_ENDS: Readonly<Record<SuiteEnd, string>> = {
  all: '',
  'not-opened': 'The server opens no connection, so no other case can run. Fix this one first.',
  gone: 'The server stopped listening. A case probably crashed it: look at what it printed last.',
  bailed: 'Stopped at the first case that failed.',
  stopped: 'Stopped before the end.',
};

/** A stage, with the number of its cases and of those that are left for later stages. */
export interface StageRun {
  readonly number: number;
  readonly title: string;
  readonly cases: number;
  readonly laterCases: number;
}

/** The result of a run, with its cases in the order of the suite. */
export interface SuiteResult {
  readonly url: string;
  readonly end: SuiteEnd;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** The number of cases that did not run. */
  readonly leftOut: number;
  readonly tookMs: number;
  readonly results: readonly CaseResult[];
  /** Present if only the cases of a stage ran, or some of them. */
  readonly stage?: StageRun;
}

/**
 * Runs the suite against a server. If the server opens no connection for a correct request, that is the only result:
 * every other case would fail in the same way.
 *
 * @throws RangeError if no case is left to run
 * @throws UnreachableError if there is no server
 * @throws ElsewhereError if the server is on another machine
 * @throws the signal's reason when it is aborted
 */
export async function runSuite(given: ServerUrl, options: SuiteRunOptions = {}): Promise<SuiteResult> {
  const { only = '', maxMessageBytes, deflate, stage, signal, onProgress } = options;
  const suite = options.cases ?? conformanceCases({ maxMessageBytes, deflate });
  const atStage = stage === undefined ? suite : casesAtStage(suite, stage);
  const cases = casesStartingWith(atStage, only);
  if (cases.length === 0) throw new RangeError(noCase(only, stage));
  const startedMs = performance.now();
  const target = await findServer(given, { signal });
  const opening = await runCase(cutCase(PLAIN_OPENING, stage?.reach ?? 'all'), target, options);
  // A server at one of the first stages passes without opening a connection.
  const isReady = opening.opened || opening.outcome === 'passed';
  if (!isReady) onProgress?.({ done: 1, total: 1, place: 0, result: opening });
  const { results, gone } = isReady ? await runCases(cases, target, options) : { results: [opening], gone: false };
  return {
    url: target.url,
    end: gone ? 'gone' : isReady ? 'all' : 'not-opened',
    counts: countOutcomes(results),
    leftOut: isReady || cases.some(({ id }) => id === PLAIN_OPENING.id) ? cases.length - results.length : cases.length,
    tookMs: performance.now() - startedMs,
    results,
    ...(stage && {
      stage: {
        number: stage.number,
        title: stage.title,
        cases: atStage.length,
        laterCases: suite.length - atStage.length,
      },
    }),
  };
}

function noCase(only: string, stage: Stage | undefined): string {
  const quoted = JSON.stringify(only);
  if (stage === undefined) return `No case starts with ${quoted}. Give a section, such as 5.5.`;
  return `No case of the stages up to ${stage.number} starts with ${quoted}. Give a section, such as 4.2.1, or a later stage.`;
}

/** Counts the results with each outcome. */
export function countOutcomes(results: readonly CaseResult[]): Record<Outcome, number> {
  const countOf = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  return { passed: countOf('passed'), allowed: countOf('allowed'), failed: countOf('failed') };
}
