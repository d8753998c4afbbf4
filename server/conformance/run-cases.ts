import { setTimeout as pause } from 'node:timers/promises';
import type { ConformanceCase } from '../../src/conformance/index.ts';
import { HeavyTurns } from './heavy-turns.ts';
import { Patience } from './patience.ts';
import { type CaseResult, type RunOptions, runCase } from './run-case.ts';
import type { ServerUrl } from './target.ts';

export interface CasesRunOptions extends RunOptions {
  /** The number of connections at a time. At most two heavy cases run at a time in this process. */
  readonly concurrency?: number | undefined;
  readonly onProgress?: ((progress: SuiteProgress) => void) | undefined;
}

export interface SuiteProgress {
  readonly done: number;
  readonly total: number;
  /** The place of the case in the run, from 0. Cases finish in another order. */
  readonly place: number;
  readonly result: CaseResult;
}

/** The results of cases, in their order. */
export interface CaseResults {
  readonly results: readonly CaseResult[];
  /** Whether the server stopped listening before the last case: a case can crash a server. */
  readonly gone: boolean;
}

const DEFAULT_CONCURRENCY = 8;
const HEAVY_CONCURRENCY = 2;
/** Shared by all runs in this process, because each heavy case moves megabytes. */
const HEAVY_TURNS = new HeavyTurns(HEAVY_CONCURRENCY);
/** A supervisor may restart a server that crashed. */
const RESTART_MS = 1_000;

/** Runs cases against a server: the light ones first, several at a time, then the heavy ones. */
export async function runCases(
  cases: readonly ConformanceCase[],
  target: ServerUrl,
  options: CasesRunOptions = {},
): Promise<CaseResults> {
  const { concurrency = DEFAULT_CONCURRENCY, onProgress } = options;
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
    onProgress?.({ done: results.size, total: cases.length, place: cases.indexOf(conformanceCase), result });
  };
  const isThere = () => !gone;
  await runAll(
    cases.filter(({ heavy }) => !heavy),
    concurrency,
    run,
    isThere,
  );
  await runAll(
    cases.filter(({ heavy }) => heavy),
    Math.min(concurrency, HEAVY_CONCURRENCY),
    (heavy) => HEAVY_TURNS.run(() => run(heavy), options.signal),
    isThere,
  );
  return { results: cases.flatMap(({ id }) => results.get(id) ?? []), gone };
}

/** Runs the cases, `concurrency` at a time. The first error stops them all. */
async function runAll(
  cases: readonly ConformanceCase[],
  concurrency: number,
  run: (conformanceCase: ConformanceCase) => Promise<void>,
  isThere: () => boolean,
): Promise<void> {
  let stopped = false;
  const waiting = cases.values();
  const worker = async (): Promise<void> => {
    for (const conformanceCase of waiting) {
      if (stopped || !isThere()) return;
      await run(conformanceCase);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, worker));
  } finally {
    stopped = true;
  }
}
