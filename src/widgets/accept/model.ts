import { acceptSteps, checkKey, type KeyProblem, WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { type BitRange, overlaps, sameRange } from '../base/frame-view/bit-range.ts';
import { type Base64Group, base64Groups } from './base64-groups.ts';

/** A key that was not typed, and the server's answer to it. */
export interface TakenKey {
  readonly key: string;
  /** The Sec-WebSocket-Accept of the answer; undefined for a key drawn in the page. */
  readonly answered: string | undefined;
}

export interface AcceptState {
  /** The text in the field, with its mistakes. */
  readonly typed: string;
  readonly taken: TakenKey | undefined;
  /** The cell in the tab order. */
  readonly focus: AcceptCell;
  /** Bits of the hash that are picked, or under the mouse. The bytes and characters that have them light up. */
  readonly picked: BitRange | undefined;
  readonly preview: BitRange | undefined;
}

/** A byte of the hash, or a character of the accept. */
export interface AcceptCell {
  readonly kind: 'byte' | 'character';
  readonly index: number;
}

export type AcceptAction =
  | { readonly type: 'type'; readonly typed: string }
  | { readonly type: 'take'; readonly taken: TakenKey }
  | { readonly type: 'pick'; readonly cell: AcceptCell }
  | { readonly type: 'hover'; readonly cell: AcceptCell | undefined }
  | { readonly type: 'move'; readonly key: string }
  | { readonly type: 'clear' };

export function initialAcceptState(typed: string): AcceptState {
  return { typed, taken: undefined, focus: { kind: 'byte', index: 0 }, picked: undefined, preview: undefined };
}

/** A whole header line is pasted more often than its value alone. */
const HEADER_NAME = /^\s*Sec-WebSocket-Key\s*:\s*/i;

/** The value of a pasted header line; any other text as it is. */
export function keyOfLine(typed: string): string {
  return typed.replace(HEADER_NAME, '');
}

export function reduceAccept(state: AcceptState, action: AcceptAction): AcceptState {
  switch (action.type) {
    case 'type':
      return { ...state, typed: keyOfLine(action.typed), taken: undefined };
    case 'take':
      return { ...state, typed: action.taken.key, taken: action.taken };
    case 'pick': {
      const range = rangeOf(action.cell);
      const picked = sameRange(range, state.picked) ? undefined : range;
      return { ...state, focus: action.cell, picked, preview: undefined };
    }
    case 'hover':
      return { ...state, preview: action.cell && rangeOf(action.cell) };
    case 'move': {
      const focus = cellAfterKey(state.focus, action.key);
      return { ...state, focus, picked: rangeOf(focus), preview: undefined };
    }
    case 'clear':
      return { ...state, picked: undefined, preview: undefined };
  }
}

const HASH_BYTES = 20;
/** The 28th is padding: it has no bits and cannot be picked. */
const CHARACTERS = 27;

/** The bits of the hash in a cell. The last character has four; two zero bits complete it. */
export function rangeOf({ kind, index }: AcceptCell): BitRange {
  const size = kind === 'byte' ? 8 : 6;
  return { start: index * size, end: Math.min((index + 1) * size, HASH_BYTES * 8) };
}

/** Left and right move within the bytes or the characters, up and down between them. */
export function cellAfterKey(cell: AcceptCell, key: string): AcceptCell {
  const last = (cell.kind === 'byte' ? HASH_BYTES : CHARACTERS) - 1;
  const at = (index: number): AcceptCell => ({ ...cell, index: Math.max(0, Math.min(last, index)) });
  if (key === 'ArrowRight') return at(cell.index + 1);
  if (key === 'ArrowLeft') return at(cell.index - 1);
  if (key === 'Home') return at(0);
  if (key === 'End') return at(last);
  const { start } = rangeOf(cell);
  if (key === 'ArrowDown' && cell.kind === 'byte') return { kind: 'character', index: Math.floor(start / 6) };
  if (key === 'ArrowUp' && cell.kind === 'character') return { kind: 'byte', index: Math.floor(start / 8) };
  return cell;
}

/** Everything that the calculator shows for a key. */
export interface AcceptView {
  readonly problem: KeyProblem | undefined;
  readonly key: string;
  readonly guid: string;
  readonly hashedLength: number;
  readonly groups: readonly Base64Group[];
  readonly accept: string;
  readonly command: string;
}

/** Follows a key, right or wrong, to its accept. RFC 6455 §4.2.2. */
export function presentAccept(typed: string): AcceptView {
  const { key, hashedText, digest, accept } = acceptSteps(typed);
  return {
    problem: checkKey(typed),
    key,
    guid: WEBSOCKET_GUID,
    hashedLength: new TextEncoder().encode(hashedText).length,
    groups: base64Groups(digest, accept),
    accept,
    command: `printf '%s' '${hashedText.replaceAll("'", "'\\''")}' | openssl sha1 -binary | base64`,
  };
}

/** The bits that are lit. */
export function litBits({ picked, preview }: AcceptState): BitRange | undefined {
  return preview ?? picked;
}

/** Describes what is lit: which bytes become which characters. */
export function describeBits(view: AcceptView, lit: BitRange): string {
  const bytes = view.groups.flatMap((group) => group.bytes).filter(({ range }) => overlaps(range, lit));
  const characters = view.groups
    .flatMap((group) => group.characters)
    .filter(({ value, range }) => value !== undefined && overlaps(range, lit));
  const hex = bytes.map((byte) => byte.hex).join(' ');
  const text = characters.map(({ character, value }) => `${character} (${value})`).join(', ');
  return `${count('byte', bytes)} of ${HASH_BYTES}, hex ${hex}: in ${count('character', characters)}, ${text}`;
}

function count(noun: string, cells: readonly { readonly index: number }[]): string {
  const [first, last] = [(cells[0]?.index ?? 0) + 1, (cells.at(-1)?.index ?? 0) + 1];
  return first === last ? `${noun} ${first}` : `${noun}s ${first} to ${last}`;
}
