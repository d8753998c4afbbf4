import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import { canFollow, type ReadTrace, type Step, traceEcho } from './trace.ts';

export interface EchoState {
  /** The client's frame, in hex. */
  readonly frame: string;
  readonly origin: 'example' | 'live' | 'simulated';
  /** How many bytes arrive with the first read; 0 if all do. */
  readonly cut: number;
  /** The step that is looked at, counted over all reads. */
  readonly at: number;
}

export type EchoAction =
  | { readonly type: 'frame'; readonly bytes: Uint8Array; readonly origin: 'live' | 'simulated' }
  | { readonly type: 'cut'; readonly cut: number }
  | { readonly type: 'go'; readonly at: number };

export function initialEcho(frame: string): EchoState {
  return { frame, origin: 'example', cut: 0, at: 0 };
}

export function reduceEcho(state: EchoState, action: EchoAction): EchoState {
  switch (action.type) {
    case 'frame':
      if (!canFollow(action.bytes)) return state;
      return { frame: formatHex(action.bytes), origin: action.origin, cut: 0, at: 0 };
    case 'cut':
      return { ...state, cut: clamp(action.cut, lengthOf(state) - 1), at: 0 };
    case 'go':
      return { ...state, at: clamp(action.at, countSteps(readsOf(state)) - 1) };
  }
}

/** The frame's length in bytes. */
export function lengthOf({ frame }: EchoState): number {
  return frame.length / 2;
}

export function readsOf({ frame, cut }: EchoState): ReadTrace[] {
  return traceEcho(bytesOfHex(frame), cut);
}

export function countSteps(reads: readonly ReadTrace[]): number {
  return reads.reduce((sum, { steps }) => sum + steps.length, 0);
}

export interface StepRow extends Step {
  /** Counted over all reads. */
  readonly index: number;
  /** The bytes, spaced, and cut if there are many. */
  readonly bytes: string;
}

const MAX_SHOWN_BYTES = 32;

/** The rows of one read. */
export function rowsOf(reads: readonly ReadTrace[], read: number): StepRow[] {
  const before = countSteps(reads.slice(0, read));
  return (reads[read]?.steps ?? []).map((step, i) => ({ ...step, index: before + i, bytes: spaced(step.hex ?? '') }));
}

/** What a screen reader is told of a step. */
export function sayStep(reads: readonly ReadTrace[], at: number): string {
  const steps = reads.flatMap(({ steps: each }) => each);
  const step = steps[at];
  return step === undefined ? '' : `${at + 1} of ${steps.length}: ${step.name}. ${step.state}`;
}

function spaced(hex: string): string {
  const shown = hex.slice(0, 2 * MAX_SHOWN_BYTES).replace(/..(?=.)/g, '$& ');
  return hex.length > 2 * MAX_SHOWN_BYTES ? `${shown} …` : shown;
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max));
}
