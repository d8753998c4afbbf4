import { setTimeout as pause } from 'node:timers/promises';
import type { ConformanceCase } from '../../src/conformance/case.ts';
import { HeavyTurns } from './heavy-turns.ts';
import { Patience } from './patience.ts';
import { type CaseResult, type RunOptions, runCase } from './run-case.ts';
import type { ServerUrl } from './target.ts';

export interface CasesRunOptions extends RunOptions {
  /** How many connections at a time; heavy cases run two at a time at most, of all checks in this process. */
  readonly concurrency?: number | undefined;
  readonly onProgress?: ((progress: SuiteProgress) => void) | undefined;
}

export interface SuiteProgress {
  readonly done: number;
  readonly total: number;
  readonly result: CaseResult;
}

/** What came of cases, in their order. */
export interface CaseResults {
  readonly results: readonly CaseResult[];
  /** Whether nobody has listened any more before the last of them: a case may end a server for good. */
  readonly gone: boolean;
}

const CONCURRENCY = 8;
const HEAVY_CONCURRENCY = 2;
/** Of all checks in this process: each takes megabytes through it. */
const HEAVY_TURNS = new HeavyTurns(HEAVY_CONCURRENCY);
/** A server that has ended may be started again by whoever watches it. */
const RESTART_MS = 1_000;

/** Puts cases to a server, at an address: the light ones first, many at a time, then the heavy ones. */
export async function runCases(
  cases: readonly ConformanceCase[],
  target: ServerUrl,
  options: CasesRunOptions = {},
): Promise<CaseResults> {
  const { concurrency = CONCURRENCY, onProgress } = options;
  const results = new Map<string, CaseResult>();
  const shared = { ...options, patience: options.patience ?? new Patience() };
  let gone = false;
  const run = async (conformanceCase: ConformanceCase): Promise<void> => {
    let result = await runCase(conformanceCase, target, shared);
    if (!result.connected) {
      await pause(RESTART_MS);
      result = await runCase(conformanceCase, target, shared);
    }
    if (!result.connected) {
      gone = true;
      return;
    }
    results.set(result.id, result);
    onProgress?.({ done: results.size, total: cases.length, result });
  };
  const goOn = () => !gone;
  await runAll(
    cases.filter(({ heavy }) => !heavy),
    concurrency,
    run,
    goOn,
  );
  await runAll(
    cases.filter(({ heavy }) => heavy),
    Math.min(concurrency, HEAVY_CONCURRENCY),
    (heavy) => HEAVY_TURNS.run(() => run(heavy), options.signal),
    goOn,
  );
  return { results: cases.flatMap(({ id }) => results.get(id) ?? []), gone };
}

/** Runs the cases, so many at a time; the first error stops them all. */
async function runAll(
  cases: readonly ConformanceCase[],
  concurrency: number,
  run: (conformanceCase: ConformanceCase) => Promise<void>,
  goOn: () => boolean,
): Promise<void> {
  let stopped = false;
  const waiting = cases.values();
  const worker = async (): Promise<void> => {
    for (const conformanceCase of waiting) {
      if (stopped || !goOn()) return;
      await run(conformanceCase);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, worker));
  } finally {
    stopped = true;
  }
}
