import type { Answer } from './ask.ts';
import type { DoctorUrl } from './doctor-url.ts';

/** Everything that the verdict is made from. */
export interface Findings {
  readonly target: DoctorUrl;
  readonly origin: string;
  problem?: { readonly cause: string; readonly sentence: string };
  certificateProblem?: string | undefined;
  plain?: Answer;
  withOrigin?: Answer;
  withDeflate?: Answer;
}
