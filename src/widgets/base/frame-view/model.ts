import { countBytes } from '../../../inspector/frame/field-meaning.ts';
import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { type BitRange, clip, join, sameRange } from './bit-range.ts';
import { cellAt, moveCell, type Step, type Unit } from './moves.ts';
import { type OpenFrame, openFrame, wholeFields } from './open-frame.ts';

/** What a frame view remembers. The selection is a range of bits, and every pane reads that one range. */
export interface FrameState {
  readonly frame: OpenFrame;
  /** Where the keyboard stands, in every pane at once; `anchor` is where Shift began. */
  readonly focus: BitRange;
  readonly anchor: BitRange;
  /** Picked, by a key, a click or a touch. */
  readonly selection: BitRange | undefined;
  /** A pinned selection stays lit while the mouse moves over something else. */
  readonly pinned: boolean;
  /** Under the mouse. */
  readonly preview: BitRange | undefined;
  /** Touch has no Shift: while this is set, the next pick extends. */
  readonly extending: boolean;
  /** How many bytes the panes show; the rest opens on demand. */
  readonly shownBytes: number;
}

export type FrameAction =
  | { readonly type: 'pick'; readonly cell: BitRange; readonly extend: boolean }
  | {
      readonly type: 'move';
      readonly unit: Unit;
      readonly step: Step;
      readonly rowBytes: number;
      readonly extend: boolean;
    }
  | { readonly type: 'hover'; readonly cell: BitRange | undefined }
  | { readonly type: 'pin' }
  | { readonly type: 'clear' }
  | { readonly type: 'toggleExtending' }
  | { readonly type: 'showMore' }
  | { readonly type: 'open'; readonly dump: FrameDump };

/** At first, in bytes: eight rows of the bit grid. */
export const FIRST_SHOWN_BYTES = 32;
/** The most that the panes ever draw; what is copied is all that there is of the frame. */
export const MAX_SHOWN_BYTES = 4096;
const GROWTH = 4;

export function initialFrameState(dump: FrameDump): FrameState {
  const frame = openFrame(dump);
  const cell = cellAt(frame, 0, 'bit');
  return {
    frame,
    focus: cell,
    anchor: cell,
    selection: undefined,
    pinned: false,
    preview: undefined,
    extending: false,
    shownBytes: Math.min(frame.bytes.length, FIRST_SHOWN_BYTES),
  };
}

export function reduceFrame(state: FrameState, action: FrameAction): FrameState {
  switch (action.type) {
    case 'pick':
      return pick(state, action.cell, action.extend || state.extending);
    case 'move': {
      const cell = moveCell(state.frame, state.focus, action.unit, action.step, {
        ...state,
        rowBytes: action.rowBytes,
      });
      return { ...choose(state, cell, action.extend), pinned: false };
    }
    case 'hover':
      return sameRange(state.preview, action.cell) ? state : { ...state, preview: action.cell };
    case 'pin':
      return state.selection === undefined
        ? { ...choose(state, state.focus, false), pinned: true }
        : { ...state, pinned: !state.pinned };
    case 'clear':
      return { ...state, selection: undefined, preview: undefined, pinned: false, extending: false };
    case 'toggleExtending':
      return { ...state, extending: !state.extending };
    case 'showMore':
      return { ...state, shownBytes: Math.min(state.shownBytes * GROWTH, mostShown(state)) };
    case 'open':
      return action.dump === state.frame.dump ? state : initialFrameState(action.dump);
  }
}

/** A click picks and pins; on what is pinned already, it lets go. */
function pick(state: FrameState, cell: BitRange, extend: boolean): FrameState {
  if (!extend && state.pinned && sameRange(state.selection, cell)) {
    return { ...state, focus: cell, anchor: cell, selection: undefined, preview: undefined, pinned: false };
  }
  return { ...choose(state, cell, extend), pinned: true, extending: false };
}

function choose(state: FrameState, cell: BitRange, extend: boolean): FrameState {
  const anchor = extend ? state.anchor : cell;
  return { ...state, anchor, focus: cell, selection: join(anchor, cell), preview: undefined };
}

/** The range that is lit in every pane. */
export function litRange({ pinned, selection, preview }: FrameState): BitRange | undefined {
  return pinned ? selection : (preview ?? selection);
}

/** The fields that the lit range touches, whole: they are lit faintly. */
export function litFields(state: FrameState): BitRange | undefined {
  const lit = litRange(state);
  return lit === undefined ? undefined : wholeFields(state.frame, lit);
}

/** How a cell is lit. */
export type Mark = 'lit' | 'field' | undefined;

export function markOf(cell: BitRange, lit: BitRange | undefined, fields: BitRange | undefined): Mark {
  if (clip(lit, cell) !== undefined) return 'lit';
  return clip(fields, cell) === undefined ? undefined : 'field';
}

/** How many bytes of the frame are not drawn yet, and how many never will be: those are only copied. */
export function hiddenBytes(state: FrameState): { readonly more: number; readonly never: number } {
  const most = mostShown(state);
  return { more: most - state.shownBytes, never: state.frame.dump.byteLength - most };
}

/** Says that a frame is longer than the bytes that were kept of it; undefined if all of them were kept. */
export function keptNote({ frame: { bytes, dump } }: FrameState): string | undefined {
  if (dump.byteLength <= bytes.length) return undefined;
  return `Only the first ${countBytes(bytes.length)} of this frame are here, and a copy has only those. The frame has ${countBytes(dump.byteLength)}.`;
}

function mostShown({ frame }: FrameState): number {
  return Math.min(frame.bytes.length, MAX_SHOWN_BYTES);
}
