import { simulateRaw } from '../../companion/lab/simulate-raw.ts';
import type { ParsedRawStep, RawStep } from '../../companion/lab.ts';
import { ECHO_PATH } from '../../companion/paths.ts';
import { formatHex } from '../../inspector/hex.ts';
import type { WireMessage } from '../../inspector/wire.ts';
import { encodeKey, NONCE_LENGTH } from '../../protocol/handshake/accept-key.ts';
import { formatRequestHead } from '../../protocol/handshake/format-head.ts';
import { createRequest } from '../../protocol/handshake/request.ts';
import { bytesOfHex } from '../frame/open-frame.ts';
import { type RawRun, sendThroughLab } from './send-through-lab.ts';

export type { RawRun } from './send-through-lab.ts';

/**
 * Puts bytes on a raw connection to the companion and tells what it answered; simulated where it is not there.
 *
 * A page's own WebSocket sends right frames only: the companion opens the connection to itself.
 */
export async function sendRaw(steps: readonly RawStep[], live: boolean): Promise<RawRun> {
  return live ? sendThroughLab(steps) : simulate(steps);
}

/** A right opening handshake for the echo: the steps after it are frames. RFC 6455 §4.1. */
export function openingStep(): RawStep {
  const key = encodeKey(crypto.getRandomValues(new Uint8Array(NONCE_LENGTH)));
  const { host, origin } = location;
  return { hex: formatHex(formatRequestHead(createRequest({ host, origin, target: ECHO_PATH, key }))) };
}

function simulate(steps: readonly RawStep[]): RawRun {
  const messages: WireMessage[] = [];
  for (const answer of simulateRaw(steps.map(parsedStep))) {
    if (answer.type === 'problem') return { problem: answer.sentence };
    if (answer.type === 'done') return { messages, done: answer, live: false };
    messages.push(answer);
  }
  return { problem: 'The simulation did not come to its end.' };
}

/** The page wrote these steps itself: there is nothing in them to doubt. */
function parsedStep(step: RawStep): ParsedRawStep {
  return 'hex' in step ? { bytes: bytesOfHex(step.hex) } : step;
}
