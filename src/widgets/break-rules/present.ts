import { bytesOfHex } from '../../bytes/hex.ts';
import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import { NO_STATUS_RECEIVED } from '../../protocol/closing/status-codes.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { frameEntry } from '../base/log/entries-of-wire.ts';
import type { OnTheWire, Outcome, Told } from './outcome.ts';
import { type Reaction, reactionOf, type Verdict, verdictOf } from './reaction.ts';

/** An outcome as it is drawn. Plain data: the recorded ones are written into the page when the site is built. */
export interface ShownOutcome {
  readonly act: string;
  readonly wire: readonly ShownWire[];
  readonly told: readonly string[];
  readonly reaction: Reaction;
  /** `sends close 1002, page gets 1006` */
  readonly brief: string;
  readonly verdict: Verdict;
}

export interface ShownWire extends OnTheWire {
  /** `text, 11 bytes: Hello`, or the first line of a head. */
  readonly label: string;
  /** The name of the rule that it breaks. */
  readonly breaks?: string;
}

/** @param rule the one that the act breaks; undefined where it breaks none */
export function presentOutcome(outcome: Outcome, rule: string | undefined): ShownOutcome {
  const { act, wire, told } = outcome;
  const reaction = reactionOf(outcome);
  return {
    act,
    wire: presentWire(wire),
    told: told.map(describeTold),
    reaction,
    brief: briefOf(outcome),
    verdict: verdictOf(rule, reaction),
  };
}

/** What was on the wire, each frame judged with those before it of the same sender. */
export function presentWire(wire: readonly OnTheWire[]): ShownWire[] {
  const dumps = { client: dumpsOf(wire, 'client'), server: dumpsOf(wire, 'server') };
  return wire.map((each) => {
    if (each.kind === 'response') return { ...each, label: firstLineOf(each.hex) };
    const dump = dumps[each.from].shift();
    return dump === undefined ? { ...each, label: '' } : { ...each, ...labelOf(dump, each.from) };
  });
}

/** The dumps of the frames that one end sent, in order. */
export function dumpsOf(wire: readonly OnTheWire[], from: OnTheWire['from']): FrameDump[] {
  const hex = wire.filter((each) => each.kind === 'frame' && each.from === from).map((each) => each.hex);
  return decodeFrames(bytesOfHex(hex.join('')), from).frames.map(({ dump }) => dump);
}

function labelOf(dump: FrameDump, from: OnTheWire['from']): Pick<ShownWire, 'label' | 'breaks'> {
  const direction = from === 'client' ? 'in' : 'out';
  const { opcodeName, preview, violations, byteLength } = frameEntry(
    { type: 'frame', connection: 0, direction, timeMs: 0, offset: 0, ...dump },
    0,
  );
  const rule = violations[0]?.rule;
  const label = `${opcodeName}, ${countBytes(byteLength)}${preview === '' ? '' : `: ${preview}`}`;
  return { label, ...(rule !== undefined && { breaks: rule }) };
}

/** A call of the page, as it reads in a console. */
export function describeTold(told: Told): string {
  switch (told.event) {
    case 'message':
      return `onmessage: "${escapeText(told.data)}"`;
    case 'close': {
      const reason = told.reason === '' ? '' : ` "${escapeText(told.reason)}"`;
      return `onclose: ${told.code}${reason}, ${told.wasClean ? 'clean' : 'not clean'}`;
    }
    case 'page closes':
      return 'nothing more; after a second the page calls close()';
    default:
      return `on${told.event}`;
  }
}

function briefOf({ wire, told }: Outcome): string {
  const stays = told.some(({ event }) => event === 'page closes');
  const code = told.findLast((each) => each.event === 'close')?.code;
  if (stays) {
    const opened = told.some(({ event }) => event === 'open');
    const messages = told.filter(({ event }) => event === 'message').length;
    if (!opened) return `waits; page gets ${code}`;
    return messages > 0 ? 'delivers the message, stays open' : 'stays open';
  }
  const close = dumpsOf(wire, 'client').find(({ opcode }) => opcode === OPCODE.close);
  return `${close === undefined ? 'sends nothing' : `sends close ${codeOf(close)}`}, page gets ${code}`;
}

function codeOf({ payload }: FrameDump): string {
  const { closeCode } = decodeCloseBody(bytesOfHex(payload.hex));
  return closeCode === NO_STATUS_RECEIVED ? 'without a code' : String(closeCode);
}

/** A head as text: bytes above ASCII stand for themselves, as HTTP has it. */
export function textOfHead(hex: string): string {
  return Array.from(bytesOfHex(hex), (byte) => String.fromCharCode(byte)).join('');
}

function firstLineOf(hex: string): string {
  return escapeText(textOfHead(hex).split('\r\n', 1)[0] ?? '');
}
