/**
 * How a server did in one case.
 *
 * `passed`: as the RFC has it, to the letter. `allowed`: otherwise, but the RFC leaves that open.
 * `failed`: a requirement is not met.
 */
export type Outcome = 'passed' | 'allowed' | 'failed';

/** What a transcript comes to. */
export interface Verdict {
  readonly outcome: Outcome;
  /** What the server did, measured by what it is held to. */
  readonly finding: string;
  /** What the client sent. */
  readonly sent: string;
  /** What came back. */
  readonly cameBack: string;
  /** The requirement with its section. */
  readonly requirement: string;
  /** Why it is required. */
  readonly why: string;
  /** All of it in a row. */
  readonly sentence: string;
}

/** A part of a verdict: what one look at a transcript has found. */
export interface Finding {
  readonly outcome: Outcome;
  readonly finding: string;
}

export const passed = (finding: string): Finding => ({ outcome: 'passed', finding });
export const allowed = (finding: string): Finding => ({ outcome: 'allowed', finding });
export const failed = (finding: string): Finding => ({ outcome: 'failed', finding });
