import { performance } from 'node:perf_hooks';
import type { ConformanceCase } from '../../src/conformance/case.ts';
import { casesStartingWith, conformanceCases } from '../../src/conformance/suite.ts';
import type { Outcome } from '../../src/conformance/verdict.ts';
import { type CaseResult, type RunOptions, runCase } from './run-case.ts';
import type { CheckTarget } from './target.ts';

export interface SuiteRunOptions extends RunOptions {
  /** The cases to run; all of the suite without it. */
  readonly cases?: readonly ConformanceCase[] | undefined;
  /** Only the cases whose id begins with this. */
  readonly only?: string | undefined;
  /** The longest message that the server takes; adds the cases about it. */
  readonly maxMessageBytes?: number | undefined;
  /** How many connections at a time; heavy cases run two at a time at most. */
  readonly concurrency?: number | undefined;
  readonly onProgress?: ((progress: SuiteProgress) => void) | undefined;
}

export interface SuiteProgress {
  readonly done: number;
  readonly total: number;
  readonly result: CaseResult;
}

/** What the suite came to, in the order of its cases. */
export interface SuiteResult {
  readonly url: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly tookMs: number;
  readonly results: readonly CaseResult[];
}

/** There is no server to check. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const CONCURRENCY = 8;
const HEAVY_CONCURRENCY = 2;

/**
 * Puts the suite to a server: the light cases first, many at a time, then the heavy ones.
 *
 * @throws RangeError where no case is left to run
 * @throws UnreachableError where the very first case finds no server, and the signal's reason once it is aborted
 */
export async function runSuite(target: CheckTarget, options: SuiteRunOptions = {}): Promise<SuiteResult> {
  const { only = '', concurrency = CONCURRENCY, onProgress, maxMessageBytes } = options;
  const cases = casesStartingWith(options.cases ?? conformanceCases({ maxMessageBytes }), only);
  if (cases.length === 0) throw new RangeError(`No case begins with ${JSON.stringify(only)}. Try --only 5.5.`);
  const startedMs = performance.now();
  const results = new Map<string, CaseResult>();
  const run = async (conformanceCase: ConformanceCase): Promise<void> => {
    const result = await runCase(conformanceCase, target, options);
    if (results.size === 0 && !result.connected) {
      throw new UnreachableError(
        `There is no server at ${target.url}: ${result.cameBack}. Start it, or give another address.`,
      );
    }
    results.set(result.id, result);
    onProgress?.({ done: results.size, total: cases.length, result });
  };
  await runAll(
    cases.filter(({ heavy }) => !heavy),
    concurrency,
    run,
  );
  await runAll(
    cases.filter(({ heavy }) => heavy),
    Math.min(concurrency, HEAVY_CONCURRENCY),
    run,
  );
  const inOrder = cases.flatMap(({ id }) => results.get(id) ?? []);
  const countOf = (outcome: Outcome) => inOrder.filter((result) => result.outcome === outcome).length;
  return {
    url: target.url,
    counts: { passed: countOf('passed'), allowed: countOf('allowed'), failed: countOf('failed') },
    tookMs: performance.now() - startedMs,
    results: inOrder,
  };
}

/** Runs the cases, so many at a time; the first error stops them all. */
async function runAll(
  cases: readonly ConformanceCase[],
  concurrency: number,
  run: (conformanceCase: ConformanceCase) => Promise<void>,
): Promise<void> {
  let stopped = false;
  const waiting = cases.values();
  const worker = async (): Promise<void> => {
    for (const conformanceCase of waiting) {
      if (stopped) return;
      await run(conformanceCase);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, worker));
  } finally {
    stopped = true;
  }
}
