import { performance } from 'node:perf_hooks';
import {
  type ConformanceCase,
  casesStartingWith,
  conformanceCases,
  type Outcome,
  PLAIN_OPENING,
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
}

/**
 * How a run ends: after all cases; after the first one, because the server opens no connection; or early, because the
 * server stopped listening or the run was stopped.
 */
export type SuiteEnd = 'all' | 'not-opened' | 'gone' | 'stopped';

/** The result of a run, with its cases in the order of the suite. */
export interface SuiteResult {
  readonly url: string;
  readonly end: SuiteEnd;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** The number of cases that did not run. */
  readonly leftOut: number;
  readonly tookMs: number;
  readonly results: readonly CaseResult[];
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
  const { only = '', maxMessageBytes, deflate, signal, onProgress } = options;
  const cases = casesStartingWith(options.cases ?? conformanceCases({ maxMessageBytes, deflate }), only);
  if (cases.length === 0)
    throw new RangeError(`No case starts with ${JSON.stringify(only)}. Give a section, such as 5.5.`);
  const startedMs = performance.now();
  const target = await findServer(given, { signal });
  const opening = await runCase(PLAIN_OPENING, target, options);
  if (!opening.opened) onProgress?.({ done: 1, total: 1, place: 0, result: opening });
  const { results, gone } = opening.opened
    ? await runCases(cases, target, options)
    : { results: [opening], gone: false };
  return {
    url: target.url,
    end: gone ? 'gone' : opening.opened ? 'all' : 'not-opened',
    counts: countOutcomes(results),
    leftOut: opening.opened || cases.includes(PLAIN_OPENING) ? cases.length - results.length : cases.length,
    tookMs: performance.now() - startedMs,
    results,
  };
}

/** Counts the results with each outcome. */
export function countOutcomes(results: readonly CaseResult[]): Record<Outcome, number> {
  const countOf = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  return { passed: countOf('passed'), allowed: countOf('allowed'), failed: countOf('failed') };
}
