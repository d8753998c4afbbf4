import type { Symptom } from './symptom.ts';

/**
 * How a server did in one case.
 *
 * `passed`: it did exactly what the RFC asks for. `allowed`: it did something else that the RFC permits.
 * `failed`: it broke a requirement.
 */
export type Outcome = 'passed' | 'allowed' | 'failed';

/** The judgment of one case, in words. */
export interface Verdict {
  readonly outcome: Outcome;
  /** What the server did, compared with what it should have done. */
  readonly finding: string;
  /** The name of the most likely cause, from the table in causes.ts; empty unless the case failed. */
  readonly cause: string;
  /** What the client sent. */
  readonly sent: string;
  /** What should come back. */
  readonly expected: string;
  /** What came back. */
  readonly cameBack: string;
  /** The requirement, with its section. */
  readonly requirement: string;
  /** The reason for the requirement. */
  readonly why: string;
  /** All of the above in one line. */
  readonly sentence: string;
}

/** The result of one check of a transcript. */
export interface Finding {
  readonly outcome: Outcome;
  readonly finding: string;
  /** Present if the outcome is `failed`. */
  readonly symptom?: Symptom;
}

export const passed = (finding: string): Finding => ({ outcome: 'passed', finding });
export const allowed = (finding: string): Finding => ({ outcome: 'allowed', finding });
export const failed = (finding: string, symptom: Symptom): Finding => ({ outcome: 'failed', finding, symptom });
