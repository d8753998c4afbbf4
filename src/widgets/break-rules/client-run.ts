import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import type { RawAnswer, RawEnd } from '../../companion/lab.ts';
import { parseHexDigits } from '../../inspector/hex/hex-digits.ts';
import { simulateRaw } from '../../lab/simulate-raw.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { formatRequestHead } from '../../protocol/handshake/head/format-head.ts';
import { createRequest } from '../../protocol/handshake/request/request.ts';
import { FRAME_RULES } from '../../protocol/rules.ts';
import { openingStep, sendRaw } from '../base/raw/send-raw.ts';
import type { ClientOutcome, ClientRow, ClientRulesAction, ClientRulesData } from './client-model.ts';
import type { OnTheWire } from './outcome.ts';
import { presentWire } from './present.ts';

const ENDS: Readonly<Record<RawEnd, string>> = {
  server: 'the companion ends TCP',
  quiet: 'the companion waits for more bytes, so the client ends TCP',
  time: 'time is up',
  'too-much': 'the answer is longer than this page shows',
};

/** Sends a row's bytes, or the reader's own, after a correct opening handshake. */
export async function sendClientBytes(
  hex: string,
  live: boolean,
): Promise<Extract<ClientRulesAction, { readonly type: 'answered' | 'failed' }>> {
  const parsed = parseHexDigits(hex);
  if ('problem' in parsed) return { type: 'failed', problem: parsed.problem.sentence };
  const run = await sendRaw([openingStep(), { hex: formatHex(parsed.bytes) }], live);
  if ('problem' in run) return { type: 'failed', problem: run.problem };
  return { type: 'answered', outcome: presentClientRun(run.messages, run.done.end), problem: run.whySimulated };
}

/** Presents the result of a raw run. */
export function presentClientRun(messages: readonly RawAnswer[], end: RawEnd): ClientOutcome {
  const wire = messages.flatMap((message): OnTheWire[] =>
    message.type === 'frame'
      ? [{ kind: 'frame', from: message.direction === 'in' ? 'client' : 'server', hex: message.hex }]
      : [],
  );
  return { wire: presentWire(wire), end: ENDS[end] };
}

/** The rules that a client can break, whatever limits its server has, with what our own server answers. */
export function clientRulesData(): ClientRulesData {
  const rows = FRAME_RULES.filter(({ brokenBy, limits }) => brokenBy !== 'server' && limits === undefined).map(
    ({ name, section, statusCode, requirement, example }): ClientRow => ({
      name,
      section,
      statusCode,
      requirement,
      hex: example,
    }),
  );
  return { rows, worked: Object.fromEntries(rows.map(({ name, hex }) => [name, workOut(hex)])) };
}

function workOut(hex: string): ClientOutcome {
  const request = createRequest({ host: 'localhost:8080', target: '/echo', key: EXAMPLE_KEY });
  const answers = simulateRaw([{ bytes: formatRequestHead(request) }, { bytes: bytesOfHex(hex) }]);
  const done = answers.find((answer) => answer.type === 'done');
  return presentClientRun(answers, done?.type === 'done' ? done.end : 'quiet');
}
