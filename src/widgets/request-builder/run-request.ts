import { formatHex } from '../../inspector/hex.ts';
import { whyNotRun } from '../raw/why-not-run.ts';
import type { Prediction } from './predict.ts';
import type { PresentedAnswer } from './present-answer.ts';
import { type Request, requestBytes } from './request-lines.ts';

/** How sending went. */
export type Answer =
  | { readonly state: 'none' }
  | { readonly state: 'sending' }
  | { readonly state: 'problem'; readonly problem: string }
  | {
      readonly state: 'answered';
      readonly answer: PresentedAnswer;
      readonly live: boolean;
      /** Why it is simulated though the companion is there; empty where it is not so. */
      readonly problem: string;
    };

/** Puts the request on a raw connection to the companion; where that fails, on a simulated one. */
export async function runRequest(request: Request, prediction: Prediction, live: boolean): Promise<Answer> {
  try {
    // Loaded when it is wanted: most readers look before they send.
    const [{ sendRaw }, { presentAnswer }] = await Promise.all([
      import('../raw/send-raw.ts'),
      import('./present-answer.ts'),
    ]);
    const steps = [{ hex: formatHex(requestBytes(request)) }];
    const run = await sendRaw(steps, live);
    if (!('problem' in run)) {
      return { state: 'answered', answer: presentAnswer(run, prediction), live: run.live, problem: '' };
    }
    const simulated = live ? await sendRaw(steps, false) : run;
    if ('problem' in simulated) return { state: 'problem', problem: run.problem };
    const problem = `${run.problem} So this is simulated.`;
    return { state: 'answered', answer: presentAnswer(simulated, prediction), live: false, problem };
  } catch (cause) {
    return { state: 'problem', problem: `The request could not be sent. ${whyNotRun(cause)}` };
  }
}
