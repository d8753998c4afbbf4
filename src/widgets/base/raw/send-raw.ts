import { bytesOfHex, formatHex } from '../../../bytes/hex.ts';
import type { ParsedRawStep, RawStep } from '../../../companion/lab.ts';
import { ECHO_PATH } from '../../../companion/paths.ts';
import type { WireMessage } from '../../../inspector/wire/wire.ts';
import { type Foresee, simulateRaw } from '../../../lab/simulate-raw.ts';
import { formatRequestHead } from '../../../protocol/handshake/head/format-head.ts';
import { createRequest } from '../../../protocol/handshake/request/request.ts';
import { drawKey } from '../draw-key.ts';
import { type RawOutcome, sendThroughLab } from './send-through-lab.ts';

/** The result of sending, and where the bytes went. */
export type RawRun =
  | (RawOutcome & {
      readonly live: boolean;
      /** Why it is simulated although the companion was there before; otherwise empty. */
      readonly whySimulated: string;
    })
  | { readonly problem: string };

/**
 * Sends bytes on a raw connection to the companion and returns its answer. Without the companion, or if it is gone, the
 * connection is simulated.
 *
 * A page's own WebSocket sends only legal frames, so the companion opens the connection to itself.
 *
 * @param foresee the companion's policy, if the request may be one that the companion refuses
 */
export async function sendRaw(steps: readonly RawStep[], live: boolean, foresee?: Foresee): Promise<RawRun> {
  if (!live) return simulate(steps, '', foresee);
  const run = await sendThroughLab(steps);
  if (!('problem' in run)) return { ...run, live, whySimulated: '' };
  const simulated = simulate(steps, `${run.problem} So this is simulated.`, foresee);
  return 'problem' in simulated ? run : simulated;
}

/** A right opening handshake for the echo: the steps after it are frames. RFC 6455 §4.1. */
export function openingStep(): RawStep {
  const { host, origin } = location;
  return { hex: formatHex(formatRequestHead(createRequest({ host, origin, target: ECHO_PATH, key: drawKey() }))) };
}

function simulate(steps: readonly RawStep[], whySimulated: string, foresee?: Foresee): RawRun {
  const messages: WireMessage[] = [];
  for (const answer of simulateRaw(steps.map(parsedStep), foresee)) {
    if (answer.type === 'problem') return { problem: answer.sentence };
    if (answer.type === 'done') return { messages, done: answer, live: false, whySimulated };
    messages.push(answer);
  }
  return { problem: 'The simulation did not end.' };
}

/** The page wrote these steps itself, so they need no checking. */
function parsedStep(step: RawStep): ParsedRawStep {
  return 'hex' in step ? { bytes: bytesOfHex(step.hex) } : step;
}
