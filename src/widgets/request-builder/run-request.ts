import { formatHex } from '../../bytes/hex.ts';
import { sendRaw } from '../base/raw/send-raw.ts';
import { foresee, type Prediction } from './predict.ts';
import { type PresentedAnswer, presentAnswer } from './present-answer.ts';
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
      /** Why it is simulated though it was to be live; empty where it is not so. */
      readonly whySimulated: string;
    };

/** Puts the request on a raw connection to the companion; where that fails, on a simulated one. */
export async function runRequest(request: Request, prediction: Prediction, live: boolean): Promise<Answer> {
  const run = await sendRaw([{ hex: formatHex(requestBytes(request)) }], live, foresee(request));
  if ('problem' in run) return { state: 'problem', problem: run.problem };
  return { ...run, state: 'answered', answer: presentAnswer(run, prediction) };
}
