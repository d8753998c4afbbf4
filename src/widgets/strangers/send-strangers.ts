import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import { companionAt, foreseeRefusal } from '../../companion/policy/foresee.ts';
import { formatRequestHead } from '../../protocol/handshake/head/format-head.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { drawKey } from '../base/draw-key.ts';
import { sendRaw } from '../base/raw/send-raw.ts';
import { requestOf, type StrangersState, type TargetName } from './model.ts';

/** The real server’s answer, or the simulated one’s. */
export interface StrangersAnswer {
  readonly target: TargetName;
  /** `HTTP/1.1 403 Forbidden` */
  readonly statusLine: string;
  readonly body: string;
}

/** How sending went. */
export type StrangersRun =
  | { readonly answers: readonly StrangersAnswer[]; readonly live: boolean; readonly whySimulated: string }
  | { readonly problem: string };

const MAX_BODY_CHARACTERS = 300;

/** Sends the request to both paths of the companion, or to the same policy in the page. */
export async function sendStrangers(state: StrangersState, live: boolean): Promise<StrangersRun> {
  const answers: StrangersAnswer[] = [];
  let whySimulated = '';
  for (const target of ['echo', 'room'] as const) {
    const hex = formatHex(formatRequestHead(requestOf(state, target, drawKey())));
    const run = await sendRaw([{ hex }], live && whySimulated === '', (head) =>
      foreseeRefusal(head, companionAt(state.host)),
    );
    if ('problem' in run) return run;
    whySimulated ||= run.whySimulated;
    const head = run.messages.find((message) => message.type === 'handshake' && message.direction === 'out');
    const text = head?.type === 'handshake' ? decodeLatin1(bytesOfHex(head.hex)) : '';
    answers.push({
      target,
      statusLine: escapeText(text.split('\r\n')[0] || 'no answer'),
      body: escapeText(run.done.body.slice(0, MAX_BODY_CHARACTERS).trimEnd()),
    });
  }
  return { answers, live: live && whySimulated === '', whySimulated };
}
