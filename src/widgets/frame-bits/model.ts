import { formatHexByte } from '../../bytes/hex.ts';
import { type BitRange, sameRange } from '../base/frame-view/bit-range.ts';
import { type FrameAction, type FrameState, reduceFrame } from '../base/frame-view/model.ts';
import { fieldAt, fieldClass, fieldRange, openFrame } from '../base/frame-view/open-frame.ts';
import { describeRange } from '../base/frame-view/sentence.ts';
import type { Sender } from '../base/own-frames/message.ts';
import { type BitStream, frameAt, readStream } from './bit-stream.ts';

/** The origin of the bytes. */
export type Origin = 'example' | 'live' | 'simulated' | 'address';

/** A frame, and the bits of it that the reader has flipped. */
export interface FrameBitsState {
  readonly origin: Origin;
  readonly sender: Sender;
  /** Before any flip. */
  readonly given: BitStream;
  /** With the reader's flips. */
  readonly stream: BitStream;
  /** The bits that differ from `given`, in order. */
  readonly flipped: readonly number[];
  /** What is lit and which cell has the focus: the state of the panes. */
  readonly view: FrameState;
  /** What the last flip did, for the line below the grid. */
  readonly said: string;
}

export type FrameBitsAction =
  | {
      readonly type: 'take';
      readonly bytes: Uint8Array;
      readonly sender: Sender;
      readonly origin: Origin;
      /** A client's frame. If the bytes differ from it in a few bits, they are shown as that frame with flips. */
      readonly baseline?: Uint8Array;
    }
  | { readonly type: 'flip'; readonly bit: number }
  | { readonly type: 'restore'; readonly bit: number }
  | { readonly type: 'restoreAll' }
  | { readonly type: 'view'; readonly action: FrameAction };

/** The grid draws at most this many bytes, in rows of four. */
export const MAX_DRAWN_BYTES = 128;

/** @param bytes at least one */
export function initialFrameBits(bytes: Uint8Array, sender: Sender, origin: Origin): FrameBitsState {
  const given = readStream(bytes, sender);
  return { origin, sender, given, stream: given, flipped: [], view: initialView(given), said: '' };
}

function initialView({ open, bytes }: BitStream): FrameState {
  const first = { start: 0, end: 1 };
  return {
    frame: open,
    focus: first,
    anchor: first,
    selection: undefined,
    pinned: false,
    preview: undefined,
    extending: false,
    shownBytes: Math.min(bytes.length, MAX_DRAWN_BYTES),
  };
}

export function reduceFrameBits(state: FrameBitsState, action: FrameBitsAction): FrameBitsState {
  switch (action.type) {
    case 'take':
      return action.bytes.length === 0 ? state : take(action);
    case 'flip':
      return flip(state, [action.bit]);
    case 'restore':
      return state.flipped.includes(action.bit) ? flip(state, [action.bit]) : state;
    case 'restoreAll':
      return flip(state, state.flipped);
    case 'view':
      return {
        ...state,
        view: reduceFrame(state.view, action.action),
        said: action.action.type === 'hover' ? state.said : '',
      };
  }
}

/** A link that flips more bits than this shows a frame of its own. */
const MAX_LINKED_FLIPS = 8;

function take({ bytes, sender, origin, baseline }: Extract<FrameBitsAction, { type: 'take' }>): FrameBitsState {
  if (baseline === undefined || baseline.length !== bytes.length) return initialFrameBits(bytes, sender, origin);
  const bits = differingBits(baseline, bytes);
  const [first] = bits;
  if (first === undefined || bits.length > MAX_LINKED_FLIPS) return initialFrameBits(bytes, sender, origin);
  const flipped = flip(initialFrameBits(baseline, 'client', origin), bits);
  const cell = { start: first, end: first + 1 };
  return {
    ...flipped,
    view: { ...flipped.view, focus: cell, anchor: cell, selection: cell },
    said: sayFlip(flipped.stream, first),
  };
}

function flip(state: FrameBitsState, bits: readonly number[]): FrameBitsState {
  const { given, sender } = state;
  const bytes = state.stream.bytes.slice();
  const here = bits.filter((bit) => bit >= 0 && bit < 8 * bytes.length);
  if (here.length === 0) return state;
  for (const bit of here) bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ maskOf(bit);
  const stream = readStream(bytes, sender);
  const [bit] = here;
  const only = here.length === 1 && bit !== undefined ? bit : undefined;
  const cell = only === undefined ? state.view.focus : { start: only, end: only + 1 };
  return {
    ...state,
    stream,
    flipped: differingBits(given.bytes, bytes),
    view: { ...state.view, frame: stream.open, focus: cell, anchor: cell, selection: cell, pinned: false },
    said: only === undefined ? 'All bits are back as they were.' : sayFlip(stream, only),
  };
}

function maskOf(bit: number): number {
  return 0x80 >> (bit & 7);
}

function bitValue(bytes: Uint8Array, bit: number): 0 | 1 {
  return ((bytes[bit >> 3] as number) & maskOf(bit)) === 0 ? 0 : 1;
}

function differingBits(given: Uint8Array, now: Uint8Array): number[] {
  return Array.from({ length: 8 * now.length }, (_, bit) => bit).filter(
    (bit) => bitValue(given, bit) !== bitValue(now, bit),
  );
}

/** `RSV1 is 1 now. Byte 1 is c1: RSV1 1, set: only an extension that both sides agreed on may set it.` */
function sayFlip(stream: BitStream, bit: number): string {
  const byte = bit >> 3;
  const { name, meaning, bits, bit: first, value } = fieldAt(stream.open.dump.fields, bit);
  const what = bits === 1 ? name : `Bit ${bit - first + 1} of the ${name}`;
  const now = `${what} is ${bitValue(stream.bytes, bit)} now. Byte ${byte + 1} is ${formatHexByte(stream.bytes[byte] as number)}`;
  if (name === 'payload data') return `${now}.`;
  if (bits === 1) return `${now}. ${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`;
  return `${now}: ${typeof value === 'number' ? `${value}, ` : ''}${meaning}.`;
}

/** The line below the grid: what is under the mouse, else what the last flip did, else what is picked. */
export function sayNow(state: FrameBitsState): string {
  const { preview, selection, pinned } = state.view;
  if (preview !== undefined && !pinned && !sameRange(preview, selection)) return sayLit(state, preview);
  return state.said === '' && selection !== undefined ? sayLit(state, selection) : state.said;
}

/** Describes what is lit. Bytes are counted within the frame that holds them. */
export function sayLit({ stream }: FrameBitsState, lit: BitRange): string {
  const { frame, index } = frameAt(stream, lit.start >> 3);
  const from = 8 * frame.offset;
  const alone = openFrame(frame.dump);
  const end = Math.min(lit.end - from, 8 * alone.bytes.length);
  const sentence = describeRange(alone, { start: lit.start - from, end });
  return index === 0 ? sentence : `in the next frame, ${sentence}`;
}

/** Names for narrow cells. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'payload length': 'length',
  'extended payload length': 'ext. length',
  'masking-key': 'key',
  'payload data': 'data',
};

/** One of the eight magnified bits. */
export interface LensBit {
  readonly bit: number;
  readonly value: 0 | 1;
  readonly flipped: boolean;
  /** `RSV1`; of a longer field with its place in it: `opcode 2`. */
  readonly name: string;
  /** For a screen reader: `RSV1, bit 2 of byte 1`. */
  readonly label: string;
  readonly fieldClass: string;
}

/** The bits of the byte that has the focus. */
export function lensBits(state: FrameBitsState): LensBit[] {
  const first = state.view.focus.start - (state.view.focus.start % 8);
  return Array.from({ length: 8 }, (_, i) => bitAt(state, first + i));
}

/** One bit with its name. */
export function bitAt({ stream, flipped }: FrameBitsState, bit: number): LensBit {
  const field = fieldAt(stream.open.dump.fields, bit);
  const range = fieldRange(stream.open, field);
  const alone = sameRange(range, { start: bit, end: bit + 1 });
  const name = alone ? field.name : `${SHORT_NAMES[field.name] ?? field.name} ${bit - field.bit + 1}`;
  return {
    bit,
    value: bitValue(stream.bytes, bit),
    flipped: flipped.includes(bit),
    name,
    label: `${field.name}, bit ${(bit % 8) + 1} of byte ${(bit >> 3) + 1}`,
    fieldClass: fieldClass(field.name),
  };
}
