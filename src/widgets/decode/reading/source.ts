import type { InflatedDump } from '../../../inspector/deflate/inflated-dump.ts';
import type { Pasted } from '../../../inspector/formats/pasted.ts';
import type { RecordedFrame } from '../../../inspector/frame/frame-recorder.ts';

export type Side = 'client' | 'server';

/** What was read from a text or a file: its form, and the connections in it. */
export interface Source {
  /** The name of the form, for "Read as: decimal bytes."; undefined if there is nothing to read. */
  readonly form: string | undefined;
  /** Remarks, one sentence each. */
  readonly notes: readonly string[];
  readonly connections: readonly SourceConnection[];
  /** The bytes, if nothing but their MASK bits shows who sent them. They can be read again with another sender. */
  readonly pasted: Pasted | undefined;
}

/** One connection. */
export interface SourceConnection {
  readonly number: number;
  /** Empty if it is not known. */
  readonly path: string;
  readonly heads: readonly SourceHead[];
  /** In the order in which they were complete. */
  readonly items: SourceItems;
  readonly noun: 'frames' | 'messages' | 'frames and gaps';
  /** How many of the frames break a rule. */
  readonly brokenCount: number;
  /** Why it ended, in plain words; undefined if nothing was found, or if the rest of the file was not read. */
  readonly ending: string | undefined;
  /** Whether messages with RSV1 were agreed to be compressed. */
  readonly isCompressed: boolean;
  /** Remarks on this connection. */
  readonly notes: readonly string[];
}

/** The head of a request or a response. */
export interface SourceHead {
  readonly from: Side;
  /** Its lines, as latin1. */
  readonly text: string;
}

/** Frames, messages and gaps: an array, or what takes less memory than one. */
export interface SourceItems extends Iterable<SourceItem> {
  readonly length: number;
  /** @param index not below 0 */
  at(index: number): SourceItem | undefined;
  /** The indices of the frames that break a rule, if they are at hand. */
  readonly broken?: readonly number[];
  /** FIN, RSV1 to RSV3 and the opcode of a frame, without making an object of it; 0 for what is no frame. */
  readonly firstByteOf?: (index: number) => number;
}

export type SourceItem = SourceFrame | SourceMessage | SourceGap;

interface Timed {
  readonly from: Side;
  /** In the bytes of its direction. */
  readonly offset: number;
  /** Milliseconds since the connection began; undefined if there are no times. */
  readonly timeMs: number | undefined;
}

export interface SourceFrame extends Timed, RecordedFrame {
  readonly kind: 'frame';
  /** The frame is here, from the index `at` on. */
  readonly bytes: Uint8Array;
  readonly at: number;
  /** The compressed message that ends with it, if it was inflated already. */
  readonly inflated?: InflatedDump | undefined;
}

/** A message of a recording that has no frames. */
export interface SourceMessage extends Timed {
  readonly kind: 'message';
  readonly opcode: number;
  readonly byteLength: number;
  readonly payload: { readonly hex: string; readonly text?: string };
  readonly note: string | undefined;
}

/** Bytes that are not in the recording, or that cannot be read because others before them are missing. */
export interface SourceGap extends Timed {
  readonly kind: 'gap';
  readonly byteLength: number | undefined;
  readonly why: 'missing' | 'unread';
}

export const NO_SOURCE: Source = { form: undefined, notes: [], connections: [], pasted: undefined };
