import type { CodeError } from '../host/order.ts';
import type { ComparedBytes } from './compare-bytes.ts';

/** How the reader's code did in one stage. */
export interface StageVerdict {
  readonly passed: boolean;
  /** The number of tests that passed, and of all that there are. */
  readonly done: number;
  readonly total: number;
  /** The first test that did not pass. */
  readonly failure?: Failure;
  /** Present for the last stage: how every case of the suite went. */
  readonly suite?: SuiteVerdict;
  /** The lines that the code wrote to its console. */
  readonly lines: readonly string[];
}

/** Why a test did not pass. */
export interface Failure {
  /** What was tested, as a noun. */
  readonly title: string;
  /** What is wrong, in one sentence or two. */
  readonly finding: string;
  /** What to change; empty if nobody can say. */
  readonly fix: string;
  /** The call that was made, as JavaScript; empty if there was none. */
  readonly call: string;
  readonly expected: string;
  readonly got: string;
  /** The bytes in which the fault can be seen. */
  readonly bytes?: ComparedBytes;
  /** What the code threw. */
  readonly error?: CodeError;
}

/** The results of the suite's cases. */
export interface SuiteVerdict {
  readonly counts: { readonly passed: number; readonly allowed: number; readonly failed: number };
  /** The likely causes, the one with the most cases first. */
  readonly causes: readonly { readonly title: string; readonly fix: string; readonly count: number }[];
  /** In the order of the suite. */
  readonly failures: readonly CaseFailure[];
  /** The number of cases that did not run, because the code hung or crashed the worker. */
  readonly leftOut: number;
}

/** A case of the suite that failed. */
export interface CaseFailure extends Failure {
  readonly id: string;
}
