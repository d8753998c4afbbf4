import { simulateRaw } from '../../companion/lab/simulate-raw.ts';
import {
  LAB_RAW_PATH,
  MOST_RAW_MS,
  parseRawAnswer,
  parseRawRequest,
  type RawDone,
  type RawStep,
} from '../../companion/lab.ts';
import { ECHO_PATH } from '../../companion/paths.ts';
import { formatHex } from '../../inspector/hex.ts';
import type { WireMessage } from '../../inspector/wire.ts';
import { encodeKey, NONCE_LENGTH } from '../../protocol/handshake/accept-key.ts';
import { formatRequestHead } from '../../protocol/handshake/format-head.ts';
import { createRequest } from '../../protocol/handshake/request.ts';

/** What came of bytes that were put on a wire as they are. */
export type RawRun =
  | { readonly messages: readonly WireMessage[]; readonly done: RawDone; readonly live: boolean }
  | { readonly problem: string };

/** The lab has its own bound; a page that hears nothing for longer gives up. */
const PATIENCE_MS = 2 * MOST_RAW_MS;

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
  const parsed = parseRawRequest(JSON.stringify({ steps }));
  if ('problem' in parsed) return { problem: parsed.problem };
  const messages: WireMessage[] = [];
  for (const answer of simulateRaw(parsed.steps)) {
    if (answer.type === 'problem') return { problem: answer.sentence };
    if (answer.type === 'done') return { messages, done: answer, live: false };
    messages.push(answer);
  }
  return { problem: 'The simulation did not come to its end.' };
}

function sendThroughLab(steps: readonly RawStep[]): Promise<RawRun> {
  const messages: WireMessage[] = [];
  const socket = new WebSocket(LAB_RAW_PATH);
  return new Promise<RawRun>((resolve) => {
    const finish = (run: RawRun): void => {
      clearTimeout(timer);
      resolve(run);
      socket.close();
    };
    const timer = setTimeout(() => finish({ problem: 'The companion did not finish in time.' }), PATIENCE_MS);
    socket.onopen = () => socket.send(JSON.stringify({ steps }));
    socket.onmessage = ({ data }) => {
      const parsed = parseRawAnswer(String(data));
      if ('problem' in parsed)
        finish({ problem: `The lab sent what this page does not understand: ${parsed.problem}.` });
      else if (parsed.answer.type === 'done') finish({ messages, done: parsed.answer, live: true });
      else if (parsed.answer.type === 'problem') finish({ problem: parsed.answer.sentence });
      else messages.push(parsed.answer);
    };
    socket.onclose = () => finish({ problem: `The companion’s ${LAB_RAW_PATH} does not answer.` });
  });
}
