import type { Direction } from '../wire/wire.ts';

/**
 * What a recording holds, as its reader finds it: the same few events for a capture, a HAR, a log or a trace. A reader only
 * reports what the recording shows: it never closes a gap and never makes up a byte.
 *
 * `connection` counts from 1 in the order in which the connections first appear. `timeMs` is in milliseconds since the first
 * event of the recording, and undefined where the recording has no times.
 */
export type TrafficEvent = TrafficOpen | TrafficBytes | TrafficGap | TrafficWholeMessage | TrafficEnd | TrafficNote;

/** A connection appears in the recording. */
export interface TrafficOpen {
  readonly kind: 'open';
  readonly connection: number;
  readonly timeMs: number | undefined;
  /** Address and port, or whatever the recording has. */
  readonly client?: string;
  readonly server?: string;
  /** The URL, or the target of the request: its path and query. */
  readonly url?: string;
  /** What its first bytes are; left out: the heads of the handshake. `middle`: nobody knows where in a frame they are. */
  readonly begins?: 'frames' | 'middle';
}

/** Bytes as they were on the wire, in order. */
export interface TrafficBytes {
  readonly kind: 'bytes';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number | undefined;
  /** Not kept by the reader after the event: the taker may keep them. */
  readonly bytes: Uint8Array;
}

/** Bytes that were sent and are not in the recording. */
export interface TrafficGap {
  readonly kind: 'gap';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number | undefined;
  /** Undefined if the recording does not show how many are missing: it began in the middle, for example. */
  readonly byteLength: number | undefined;
}

/** A whole message, of a form that does not hold frames. */
export interface TrafficWholeMessage {
  readonly kind: 'message';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number | undefined;
  readonly opcode: number;
  readonly payload: Uint8Array;
  /** Set if the recording has only a part of the payload, or may have lost it: one sentence. */
  readonly note?: string;
}

/** One direction has ended, or the recording says that the connection has. */
export interface TrafficEnd {
  readonly kind: 'end';
  readonly connection: number;
  /** Who ended it; undefined if the recording does not say. */
  readonly direction: Direction | undefined;
  readonly timeMs: number | undefined;
  readonly how: 'FIN' | 'RST' | 'unknown';
}

/** A remark for the reader, one sentence: what was skipped, what is missing. */
export interface TrafficNote {
  readonly kind: 'note';
  readonly connection?: number;
  readonly sentence: string;
}

/** Reads one form of recording, piece by piece: a file of any size is never in memory as a whole. */
export interface TrafficReader {
  /** The name of the form, for the sentence "Read as: a pcapng capture." */
  readonly form: string;
  /** @param piece not kept and not changed */
  push(piece: Uint8Array): Iterable<TrafficEvent>;
  /** The file has ended. */
  end(): Iterable<TrafficEvent>;
}

/** The form is recognized and cannot be read: the sentence names it and says what to do instead. */
export interface TrafficRefusal {
  readonly refusal: string;
}

/**
 * Recognizes a form by its first bytes.
 *
 * @param head the first bytes of the file: at least 4 KiB, or all of it
 * @param name of the file, if it has one
 * @returns undefined if the file does not have this form
 */
export type OpenForm = (head: Uint8Array, name?: string) => TrafficReader | TrafficRefusal | undefined;
