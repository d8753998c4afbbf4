import { performance } from 'node:perf_hooks';
import { Patience } from '../patience.ts';
import type { CaseResult } from '../run-case.ts';
import type { ClientCaseRun } from './run-client-case.ts';

/** One client under test: its results so far, and what its connections have in common. */
export class Agent {
  readonly name: string;
  readonly patience: Patience;
  readonly keys = new Map<string, string>();
  readonly firstMaskingKeys = new Set<number>();
  readonly #results = new Map<string, CaseResult>();
  readonly startedMs = performance.now();
  /** The number of cases that are running. */
  running = 0;
  wantsReport = false;
  reported = false;

  constructor(name: string, patience = new Patience()) {
    this.name = name;
    this.patience = patience;
  }

  /** Keeps the result of a case. If a client runs a case again, the last result counts. */
  add({ result, transcript }: ClientCaseRun, key: string): void {
    this.#results.set(result.id, result);
    this.keys.set(result.id, key);
    const [first] = transcript.maskingKeys;
    if (first !== undefined) this.firstMaskingKeys.add(first);
  }

  resultOf(id: string): CaseResult | undefined {
    return this.#results.get(id);
  }

  /** In the order of the suite. */
  results(ids: readonly string[]): CaseResult[] {
    return ids.flatMap((id) => this.#results.get(id) ?? []);
  }
}
