import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';

/** How a message is to be sent: where it is cut, what stands between, and what is wrong about it. */
export interface Plan {
  readonly text: string;
  /** Each cut stands after so many bytes; rising. */
  readonly cuts: readonly number[];
  /** A ping goes after so many fragments; 0: none does. */
  readonly pingAfter: number;
  readonly wrong: WrongName;
}

/** What can be got wrong with fragments. RFC 6455 §5.4, §5.5. */
export const WRONGS = {
  nothing: 'none',
  'text-again': 'give every fragment the opcode of text',
  'text-inside': 'begin another message before this one ends',
  'lone-continuation': 'begin with a continuation',
  'fragmented-ping': 'send the ping without FIN',
  'no-end': 'never set FIN',
} as const;

export type WrongName = keyof typeof WRONGS;

/** A frame to be sent. */
export interface PlannedFrame {
  readonly opcode: number;
  readonly fin: boolean;
  readonly payload: Uint8Array;
}

export const MAX_TEXT_BYTES = 32;
export const MAX_FRAGMENTS = 8;
/** Between two frames: so that each comes in a read of its own. */
export const PAUSE_MS = 40;

/** The ü of this text has two bytes, the first fragment ends between them, and a ping follows. */
export const EXAMPLE_PLAN: Plan = { text: 'Grüße', cuts: [3, 5], pingAfter: 1, wrong: 'nothing' };

const PING = encodeText('?');
const OTHER = encodeText('other');

/** The bytes of a plan's message. */
export function bytesOf({ text }: Plan): Uint8Array {
  return encodeText(text);
}

/** Changes a plan, and puts right what does not fit any more. */
export function changePlan(plan: Plan, change: Partial<Plan>): Plan {
  const next = { ...plan, ...change };
  const text = fitText(next.text);
  const { length } = encodeText(text);
  const cuts = [...new Set(next.cuts)]
    .filter((cut) => Number.isInteger(cut) && cut > 0 && cut < length)
    .sort((a, b) => a - b)
    .slice(0, MAX_FRAGMENTS - 1);
  const pingAfter = Number.isInteger(next.pingAfter) ? Math.max(0, Math.min(next.pingAfter, cuts.length)) : 0;
  return { text, cuts, pingAfter, wrong: next.wrong };
}

/** As many whole characters as have room. */
function fitText(text: string): string {
  let fitting = '';
  for (const character of text) {
    if (encodeText(fitting + character).length > MAX_TEXT_BYTES) break;
    fitting += character;
  }
  return fitting;
}

/** Cuts at equal distances, into so many fragments: where characters begin and end is not asked. */
export function cutEvenly(plan: Plan, fragments: number): Plan {
  const { length } = bytesOf(plan);
  const cuts = Array.from({ length: fragments - 1 }, (_, i) => Math.round(((i + 1) * length) / fragments));
  return changePlan(plan, { cuts });
}

/** Sets a cut after so many bytes, or takes it away. */
export function toggleCut(plan: Plan, cut: number): Plan {
  return changePlan(plan, {
    cuts: plan.cuts.includes(cut) ? plan.cuts.filter((each) => each !== cut) : [...plan.cuts, cut],
  });
}

/** The frames that a plan comes to, legal or not. RFC 6455 §5.4. */
export function framesOf(plan: Plan): PlannedFrame[] {
  const bytes = bytesOf(plan);
  const edges = [0, ...plan.cuts, bytes.length];
  const fragments = plan.cuts.concat(bytes.length).map((end, i) => bytes.subarray(edges[i], end));
  const frames = fragments.map((payload, i): PlannedFrame => {
    const last = i === fragments.length - 1;
    return { opcode: opcodeOf(plan.wrong, i), fin: last && plan.wrong !== 'no-end', payload };
  });
  const inserted = insertionOf(plan);
  return inserted === undefined ? frames : frames.toSpliced(inserted.after, 0, ...inserted.frames);
}

function opcodeOf(wrong: WrongName, index: number): number {
  if (wrong === 'text-again') return OPCODE.text;
  return index === 0 && wrong !== 'lone-continuation' ? OPCODE.text : OPCODE.continuation;
}

/** What stands between the fragments. */
function insertionOf({ wrong, pingAfter }: Plan): { after: number; frames: PlannedFrame[] } | undefined {
  const frames: PlannedFrame[] = [];
  const ping = { opcode: OPCODE.ping, fin: wrong !== 'fragmented-ping', payload: PING };
  if (pingAfter > 0 || wrong === 'fragmented-ping') frames.push(ping);
  if (wrong === 'text-inside') frames.push({ opcode: OPCODE.text, fin: true, payload: OTHER });
  return frames.length === 0 ? undefined : { after: Math.max(1, pingAfter), frames };
}
