import { formatHexByte } from '../../bytes/hex.ts';
import { parseHex } from '../../inspector/hex/parse-hex.ts';
import { type MaskedFrame, readMaskedFrame } from './masked-frame.ts';

/** Where the frame comes from. */
export type Origin = 'example' | 'live' | 'simulated' | 'address';

/** From where the bytes are counted whose number, mod 4, chooses the byte of the key. */
export type Counting =
  /** From the payload's first byte, as RFC 6455 §5.3 has it. */
  | 'payload'
  /** From the first byte of each read: the typical mistake. */
  | 'read';

/** What the figure remembers. */
export interface XorLaneState {
  readonly frame: MaskedFrame;
  readonly origin: Origin;
  /** Why the bytes that came are not shown; those before them stay. */
  readonly problem: string | undefined;
  /** The key to unmask with: the frame's own, until the reader changes it. */
  readonly key: Uint8Array;
  /** As it stands in the field. */
  readonly keyTyped: string;
  readonly keyProblem: string | undefined;
  /** The byte of the payload that is being unmasked, counted from 0. */
  readonly at: number;
  /** A second read begins with this byte of the payload; 0: all came in one. */
  readonly cut: number;
  readonly counting: Counting;
}

export type XorLaneAction =
  | { readonly type: 'take'; readonly bytes: Uint8Array; readonly origin: Origin }
  | { readonly type: 'problem'; readonly problem: string }
  | { readonly type: 'open'; readonly state: XorLaneState }
  | { readonly type: 'go'; readonly at: number }
  | { readonly type: 'typeKey'; readonly typed: string }
  /** Bit 0 is the leftmost. */
  | { readonly type: 'flipKeyBit'; readonly keyByte: number; readonly bit: number }
  | { readonly type: 'ownKey' }
  | { readonly type: 'cut'; readonly cut: number }
  | { readonly type: 'counting'; readonly counting: Counting };

/** So many bytes of the payload are drawn; all of them are unmasked. */
export const SHOWN_BYTES = 64;

/** A frame with its own key, wholly unmasked, come in one read. */
export function initialXorLane(frame: MaskedFrame, origin: Origin): XorLaneState {
  return {
    frame,
    origin,
    problem: undefined,
    ...withKey(frame.key),
    at: shownLength(frame) - 1,
    cut: 0,
    counting: 'payload',
  };
}

export function reduceXorLane(state: XorLaneState, action: XorLaneAction): XorLaneState {
  switch (action.type) {
    case 'take':
      return take(state, action.bytes, action.origin);
    case 'problem':
      return { ...state, problem: action.problem };
    case 'open':
      return action.state;
    case 'go':
      return { ...state, at: clamp(action.at, shownLength(state.frame)) };
    case 'typeKey':
      return typeKey(state, action.typed);
    case 'flipKeyBit': {
      const byte = state.key[action.keyByte] as number;
      return { ...state, ...withKey(state.key.with(action.keyByte, byte ^ (0x80 >>> action.bit))) };
    }
    case 'ownKey':
      return { ...state, ...withKey(state.frame.key) };
    case 'cut':
      return { ...state, cut: clamp(action.cut, shownLength(state.frame)) };
    case 'counting':
      return { ...state, counting: action.counting };
  }
}

/** A new frame comes with its own key. Where the reader has cut, the new one is cut too. */
function take(state: XorLaneState, bytes: Uint8Array, origin: Origin): XorLaneState {
  const frame = readMaskedFrame(bytes);
  if ('problem' in frame) return { ...state, problem: frame.problem };
  const cut = clamp(state.cut, shownLength(frame));
  return { ...initialXorLane(frame, origin), cut, counting: state.counting };
}

function typeKey(state: XorLaneState, typed: string): XorLaneState {
  const parsed = parseHex(typed);
  if ('problem' in parsed) return { ...state, keyTyped: typed, keyProblem: parsed.problem.sentence };
  const { bytes } = parsed;
  if (bytes.length === 4) return { ...state, ...withKey(bytes), keyTyped: typed };
  const keyProblem = `A key has four bytes, eight hex digits. You typed ${bytes.length === 1 ? 'one byte' : `${bytes.length} bytes`}.`;
  return { ...state, keyTyped: typed, keyProblem };
}

function withKey(key: Uint8Array) {
  return { key, keyTyped: Array.from(key, formatHexByte).join(' '), keyProblem: undefined };
}

/** How many bytes of the payload are drawn. */
export function shownLength({ payload }: MaskedFrame): number {
  return Math.min(payload.length, SHOWN_BYTES);
}

function clamp(at: number, length: number): number {
  return Number.isInteger(at) ? Math.max(0, Math.min(at, length - 1)) : 0;
}
