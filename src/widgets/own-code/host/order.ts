import type { StageId } from '../stage-id.ts';
import type { Plain } from './plain.ts';

/** The code of one stage. */
export interface Source {
  readonly stage: StageId;
  readonly code: string;
}

/** One thing that the judge asks of the reader's code. */
export type Order =
  /** Evaluates the sources one after the other. Each sees the functions of those before it. */
  | { readonly type: 'load'; readonly sources: readonly Source[] }
  /** Calls a function of the last `load`. */
  | { readonly type: 'call'; readonly stage: StageId; readonly args: readonly (string | Uint8Array)[] }
  /** Calls a function that returns an object with `receive`, and keeps that object as number `at`. */
  | { readonly type: 'open'; readonly stage: StageId; readonly at: number }
  /** Calls `receive` of that object once for each chunk, until an answer has `end: true`. */
  | { readonly type: 'receive'; readonly at: number; readonly chunks: readonly Uint8Array[] };

/** What came of an order. */
export interface Answer {
  /** One value for each call that returned. */
  readonly values: readonly Plain[];
  /** What the code threw. It ended the order. */
  readonly error?: CodeError;
  /** The lines that the code wrote to its console. */
  readonly lines: readonly string[];
}

/** An error of the reader's code, and the place in it. */
export interface CodeError {
  /** Such as `TypeError`. `Missing` if the function itself is missing, `Timeout` if it did not return. */
  readonly name: string;
  readonly message: string;
  /** The function in whose source it was thrown; undefined if the engine does not say. */
  readonly stage?: StageId;
  /** Counted from 1, as editors count. */
  readonly line?: number;
  readonly column?: number;
}

/** What the worker sends: first that it runs, then an answer to each order. */
export type FromWorker = { readonly runs: true } | { readonly id: number; readonly answer: Answer };
