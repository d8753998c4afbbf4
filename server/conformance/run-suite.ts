import { performance } from 'node:perf_hooks';
import type { ConformanceCase } from '../../src/conformance/case.ts';
import { PLAIN_OPENING } from '../../src/conformance/cases/opening-accepted.ts';
import { casesStartingWith, conformanceCases } from '../../src/conformance/suite.ts';
import type { Outcome } from '../../src/conformance/verdict.ts';
import { findServer } from './find-server.ts';
import { type CaseResult, runCase } from './run-case.ts';
import { type CasesRunOptions, runCases } from './run-cases.ts';
import type { ServerUrl } from './target.ts';

export interface SuiteRunOptions extends CasesRunOptions {
  /** The cases to run; all of the suite without it. */
  readonly cases?: readonly ConformanceCase[] | undefined;
  /** Only the cases whose id begins with this. */
  readonly only?: string | undefined;
  /** The longest message that the server takes; adds the cases about it. */
  readonly maxMessageBytes?: number | undefined;
}

/**
 * How a run ends: with all cases put; with none but the first, because the server opens no connection at all; or before
 * its end, because nobody listens there any more, or somebody has stopped it.
 */
export type SuiteEnd = 'all' | 'not-opened' | 'gone' | 'stopped';

/** What the suite came to, in the order of its cases. */
export interface SuiteResult {
  readonly url: string;
  readonly end: SuiteEnd;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** How many cases were not put. */
  readonly leftOut: number;
  readonly tookMs: number;
  readonly results: readonly CaseResult[];
}

/**
 * Puts the suite to a server. Where it opens no connection for a request that keeps every rule, that is the result: all
 * else would only say the same again.
 *
 * @throws RangeError where no case is left to run
 * @throws UnreachableError where there is no server, ElsewhereError where it is on another machine, and the signal's reason once it is aborted
 */
export async function runSuite(given: ServerUrl, options: SuiteRunOptions = {}): Promise<SuiteResult> {
  const { only = '', maxMessageBytes, signal, onProgress } = options;
  const cases = casesStartingWith(options.cases ?? conformanceCases({ maxMessageBytes }), only);
  if (cases.length === 0)
    throw new RangeError(`No case begins with ${JSON.stringify(only)}. A section such as 5.5 begins some.`);
  const startedMs = performance.now();
  const target = await findServer(given, { signal });
  const opening = await runCase(PLAIN_OPENING, target, options);
  if (!opening.opened) onProgress?.({ done: 1, total: 1, result: opening });
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

/** How many results have each outcome. */
export function countOutcomes(results: readonly CaseResult[]): Record<Outcome, number> {
  const countOf = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  return { passed: countOf('passed'), allowed: countOf('allowed'), failed: countOf('failed') };
}
