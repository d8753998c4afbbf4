import type { FrameHeader } from '../../protocol/framing/header.ts';
import { OPCODES } from '../../protocol/framing/opcode.ts';
import { quoteText } from '../../text/quote-text.ts';
import { isProblem, type Order, parseOrder, type ReadFile } from '../encode/frame-order.ts';
import type { Direction } from '../wire/wire.ts';

/** A frame that passes a proxy, as rules and scripts see it. */
export interface PassingFrame extends Pick<FrameHeader, 'fin' | 'rsv1' | 'opcode' | 'masked'> {
  readonly connection: number;
  /** Of the request, without its query. */
  readonly path: string;
  /** `in` from the client, `out` from the server. */
  readonly direction: Direction;
  /** Unmasked, and as it is on the wire: compressed if `rsv1` says so. */
  readonly payload: Uint8Array;
  /** The payload as text; undefined if it is no valid UTF-8. */
  readonly text: string | undefined;
}

/** What happens to a frame. */
export type Action =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  | { readonly kind: 'hold' | 'drop' | 'duplicate' | 'reorder' | 'answer' }
  | { readonly kind: 'close'; readonly order: Order }
  /** Cuts TCP after so many bytes of the frame, or so many milliseconds; at once, if neither is given. */
  | { readonly kind: 'cut'; readonly how: 'FIN' | 'RST'; readonly afterBytes?: number; readonly afterMs?: number }
  | { readonly kind: 'recut'; readonly byteLength: number }
  /** Flips one bit of the payload, counted from its first. */
  | { readonly kind: 'corrupt'; readonly bit: number }
  | { readonly kind: 'edit' | 'send'; readonly order: Order };

/** Which frames, and what happens to them. */
export interface Rule {
  /** As it was given. */
  readonly text: string;
  readonly fits: (frame: PassingFrame) => boolean;
  readonly action: Action;
}

export interface RuleProblem {
  readonly problem: string;
}

export const ACTION_HELP =
  'delay MS · throttle BYTES (a second) · hold · drop · duplicate · reorder · answer (a ping) · close CODE REASON · cut RST|FIN [after BYTES|MS ms] · recut BYTES · corrupt BIT · edit ORDER · send ORDER';

/**
 * Reads a rule, such as `out & opcode=1 & text~/price/ -> delay 500`: conditions, joined by `&`, and an action.
 *
 * Conditions: `in` from the client, `out` from the server; the name of a kind of frame, or `opcode=N`; `text~/…/`,
 * `path~/…/`; `length>N`, `length<N`, `length=N`; `fin=0`; `nth=N` for the Nth frame of a connection that fits the others;
 * `all`.
 */
export function parseRule(text: string, readFile?: ReadFile): Rule | RuleProblem {
  const [, left, right] = /^(.*?)\s*(?:->|→)\s*(.*)$/s.exec(text.trim()) ?? [];
  if (left === undefined || right === undefined)
    return { problem: `${quoteText(text)} has no "->". Write a rule such as out & text~/price/ -> delay 500` };
  const action = parseAction(right, readFile);
  if ('problem' in action) return action;
  const conditions: ((frame: PassingFrame) => boolean)[] = [];
  let nth: number | undefined;
  for (const word of splitConditions(left)) {
    const [, count] = /^nth=([1-9]\d{0,8})$/.exec(word) ?? [];
    if (count !== undefined) {
      nth = Number(count);
      continue;
    }
    const condition = conditionOf(word);
    if ('problem' in condition) return condition;
    conditions.push(condition);
  }
  const seen = new Map<number, number>();
  const fits = (frame: PassingFrame): boolean => {
    if (!conditions.every((condition) => condition(frame))) return false;
    if (nth === undefined) return true;
    const before = seen.get(frame.connection) ?? 0;
    seen.set(frame.connection, before + 1);
    return before + 1 === nth;
  };
  return { text: text.trim(), fits, action };
}

/** Reads an action, as it stands behind the arrow of a rule, or as a script returns it. */
export function parseAction(text: string, readFile?: ReadFile): Action | RuleProblem {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text.trim()) ?? [];
  const number = /^\d{1,9}$/.test(rest) ? Number(rest) : undefined;
  switch (name) {
    case 'hold':
    case 'drop':
    case 'duplicate':
    case 'reorder':
    case 'answer':
      return rest === '' ? { kind: name } : { problem: `"${name}" takes nothing after it.` };
    case 'swallow':
      return { kind: 'drop' };
    case 'delay':
      return number === undefined ? needs(name, 'milliseconds', '500') : { kind: name, ms: number };
    case 'throttle':
      return number === undefined || number === 0
        ? needs(name, 'bytes a second', '1000')
        : { kind: name, bytesPerSecond: number };
    case 'recut':
      return number === undefined || number === 0 ? needs(name, 'bytes', '1') : { kind: name, byteLength: number };
    case 'corrupt':
      return number === undefined && rest !== '' ? needs(name, 'a bit', '0') : { kind: name, bit: number ?? 0 };
    case 'cut':
      return cutOf(rest);
    case 'close':
    case 'edit':
    case 'send': {
      const order = parseOrder(name === 'close' ? `close ${rest}` : rest, readFile);
      return isProblem(order) ? order : { kind: name, order };
    }
    default:
      return { problem: `There is no action ${quoteText(name)}. Choose from: ${ACTION_HELP}` };
  }
}

/** What was done, in the past tense: `delayed by 500 ms`. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case 'delay':
      return `delayed by ${action.ms} ms`;
    case 'throttle':
      return `slowed down to ${action.bytesPerSecond} bytes a second`;
    case 'hold':
      return 'held';
    case 'drop':
      return 'dropped';
    case 'duplicate':
      return 'sent twice';
    case 'reorder':
      return 'sent after the next frame';
    case 'answer':
      return 'answered by the proxy, and not passed on';
    case 'close':
      return 'dropped; the proxy closed both sides';
    case 'cut':
      return `cut with a ${action.how}${action.afterBytes !== undefined ? ` after ${action.afterBytes} bytes` : ''}${action.afterMs !== undefined ? ` after ${action.afterMs} ms` : ''}`;
    case 'recut':
      return `sent in pieces of ${action.byteLength} bytes`;
    case 'corrupt':
      return `bit ${action.bit} of its payload was flipped`;
    case 'edit':
      return 'replaced';
    case 'send':
      return 'sent after a frame of the proxy';
  }
}

function needs(name: string, what: string, example: string): RuleProblem {
  return { problem: `"${name}" needs ${what}, such as ${name} ${example}.` };
}

function cutOf(text: string): Action | RuleProblem {
  const [whole, how = 'RST', after, unit] = /^(RST|FIN)?\s*(?:after\s+(\d{1,9})\s*(ms|bytes)?)?$/i.exec(text) ?? [];
  if (whole === undefined)
    return needs('cut', 'RST or FIN, and perhaps after 10 bytes or after 500 ms', 'RST after 10 bytes');
  const kind = { kind: 'cut', how: how.toUpperCase() as 'FIN' | 'RST' } as const;
  if (after === undefined) return kind;
  return unit?.toLowerCase() === 'ms' ? { ...kind, afterMs: Number(after) } : { ...kind, afterBytes: Number(after) };
}

/** Splits at `&`, but not inside a pattern. */
function splitConditions(text: string): string[] {
  const found = text.match(/(?:~\/(?:[^/\\]|\\.)*\/|[^&])+/g) ?? [];
  return found.map((each) => each.trim()).filter((each) => each !== '');
}

function conditionOf(word: string): ((frame: PassingFrame) => boolean) | RuleProblem {
  if (word === 'all') return () => true;
  if (word === 'in' || word === 'out') return ({ direction }) => direction === word;
  const kind = OPCODES.find(({ name, reserved }) => name === word && !reserved);
  if (kind !== undefined) return ({ opcode }) => opcode === kind.opcode;
  const [, name, sign, value = ''] = /^(opcode|fin|length)\s*([=<>])\s*(\w+)$/.exec(word) ?? [];
  if (name !== undefined && /^\d{1,9}$|^[a-f]$/i.test(value)) {
    const number = /^\d+$/.test(value) ? Number(value) : Number.parseInt(value, 16);
    const numberOf = (frame: PassingFrame): number =>
      name === 'opcode' ? frame.opcode : name === 'fin' ? Number(frame.fin) : frame.payload.length;
    if (sign === '=') return (frame) => numberOf(frame) === number;
    return sign === '<' ? (frame) => numberOf(frame) < number : (frame) => numberOf(frame) > number;
  }
  const [, subject, pattern = '', flags = ''] = /^(text|path)\s*~\s*\/(.*)\/([im]*)$/s.exec(word) ?? [];
  if (subject !== undefined) {
    try {
      const matcher = new RegExp(pattern, `u${flags}`);
      return (frame) => matcher.test((subject === 'text' ? frame.text : frame.path) ?? '');
    } catch {
      return { problem: `/${pattern}/ is not a regular expression.` };
    }
  }
  return {
    problem: `There is no condition ${quoteText(word)}. Choose from: in, out, text, binary, ping, pong, close, opcode=N, text~/…/, path~/…/, length>N, fin=0, nth=N, all.`,
  };
}
