import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { countBytes } from '../../../text/count.ts';
import { type BitRange, clip, join, sameRange } from './bit-range.ts';
import { cellAt, moveCell, type Step, type Unit } from './moves.ts';
import { type OpenFrame, openFrame, wholeFields } from './open-frame.ts';

/** The state of a frame view. Every pane reads the same selection: a range of bits. */
export interface FrameState {
  readonly frame: OpenFrame;
  /** The cell in the tab order of every pane; `anchor` is where a selection with Shift began. */
  readonly focus: BitRange;
  readonly anchor: BitRange;
  /** Selected by a key, a click or a touch. */
  readonly selection: BitRange | undefined;
  /** Whether the selection stays lit while the mouse is over something else. */
  readonly pinned: boolean;
  /** Under the mouse. */
  readonly preview: BitRange | undefined;
  /** Whether the next pick extends the selection, since touch has no Shift. */
  readonly extending: boolean;
  /** How many bytes the panes show. */
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

/** The bytes that the panes show at first: eight rows of the bit grid. */
export const FIRST_SHOWN_BYTES = 32;
/** The bytes that the panes show at most. A copy has all that was kept of the frame. */
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
      return {
        ...state,
        shownBytes: Math.min(state.shownBytes * GROWTH, state.frame.bytes.length, MAX_SHOWN_BYTES),
      };
    case 'open':
      return action.dump === state.frame.dump ? state : initialFrameState(action.dump);
  }
}

/** A click selects and pins. A click on a pinned selection clears it. */
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

/** The whole fields that the lit range touches. They are lit faintly. */
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

/**
 * How many bytes of the frame a pane does not show, and how many of them it shows next.
 *
 * @param limit how many bytes the pane draws at most
 */
export function hiddenBytes(
  state: FrameState,
  limit = MAX_SHOWN_BYTES,
): { readonly hidden: number; readonly next: number } {
  const shown = Math.min(state.shownBytes, limit);
  const grown = Math.min(reduceFrame(state, { type: 'showMore' }).shownBytes, limit);
  return { hidden: state.frame.dump.byteLength - shown, next: grown - shown };
}

/** Says that a frame is longer than the bytes that were kept of it; undefined if all of them were kept. */
export function keptNote({ frame: { bytes, dump } }: FrameState): string | undefined {
  if (dump.byteLength <= bytes.length) return undefined;
  return `Only the first ${countBytes(bytes.length)} of this frame are here, and a copy has only those. The frame has ${countBytes(dump.byteLength)}.`;
}
