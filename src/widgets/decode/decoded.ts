import type { InflatedDump } from '../../inspector/deflate/inflated-dump.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import type { FrameRow } from './frame-row.ts';
import type { Payload } from './payload.ts';
import type { ProblemPlace } from './place-of-problem.ts';
import type { WholeMessage } from './whole-message.ts';

/** The list has this many rows at most. The rest of a long capture is drawn as the reader scrolls. */
export const MAX_LISTED_FRAMES = 72;
/** Rows listed above the first one in sight. */
export const ROWS_ABOVE = 24;

/** Longer texts stay in the box alone: the page does not keep a second copy of them. */
export const MAX_TYPED_CHARACTERS = 64 * 1024;

/** A connection in the list of them. */
export interface ConnectionRow {
  readonly number: number;
  readonly path: string;
  readonly frameCount: number;
  readonly brokenCount: number;
}

/** The head of a request or a response, as the page shows it. */
export interface ShownHead {
  readonly from: 'client' | 'server';
  readonly firstLine: string;
  readonly text: string;
}

/** What the page shows of a state. It is short for any capture, so that a worker can send it. */
export interface Decoded {
  readonly problem: { readonly sentence: string; readonly place: ProblemPlace | undefined } | undefined;
  /** The name of the form that was read; undefined if there is nothing. */
  readonly form: string | undefined;
  /** All connections if there are several, else none; the first ones of very many. */
  readonly connections: readonly ConnectionRow[];
  readonly connectionCount: number;
  /** The index of the connection that is shown. */
  readonly shown: number;
  readonly heads: readonly ShownHead[];
  /** Why the connection ended. */
  readonly ending: string | undefined;
  /** Whether the reader can say who sent the bytes: nothing else than their MASK bits does. */
  readonly asksSender: boolean;
  /** How many frames, messages and gaps the connection has, and what to call them. */
  readonly frameCount: number;
  readonly noun: 'frames' | 'messages' | 'frames and gaps';
  readonly brokenCount: number;
  /** The rows that are drawn, from `listed` on. */
  readonly rows: readonly FrameRow[];
  readonly listed: number;
  /** How many rows the list has: fewer than frames if it is filtered, or if heartbeats are folded. */
  readonly rowCount: number;
  /** The row of the open frame; -1 if the filter hides it. */
  readonly openedRow: number;
  /** The words of the filter, as they were typed. */
  readonly filter: string;
  readonly filterProblem: { readonly sentence: string; readonly column: number } | undefined;
  /** The index of the open frame. */
  readonly opened: number;
  readonly notes: readonly string[];
  /** The open frame. */
  readonly dump: FrameDump | undefined;
  /** What is open instead of a frame: a message of a recording without frames, or a gap. */
  readonly recorded: Recorded | undefined;
  /** The message of the open frame, if that is one of several fragments. */
  readonly message: WholeMessage | undefined;
  /** `asks`: the open frame is probably compressed, and is not read so. `reads`: it is, as the reader wants. */
  readonly compression: 'asks' | 'reads' | undefined;
  /** The compressed message that ends with the open frame. */
  readonly inflated?: InflatedDump | undefined;
  /** The hash of an address that opens these bytes; undefined if there are none, or too many. */
  readonly hash: string | undefined;
  /** The file that was read. It is not the last one that was given if that was a key log. */
  readonly file?: { readonly name: string; readonly byteLength: number } | undefined;
}

/** A message of a recording that has no frames, or a gap. */
export interface Recorded {
  /** `message, text, 5 bytes`. */
  readonly title: string;
  /** Undefined for a gap. */
  readonly payload: Payload | undefined;
}
