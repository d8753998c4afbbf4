import type { InflatedDump } from '../../../inspector/deflate/inflated-dump.ts';
import type { Violation } from '../../../protocol/violation.ts';

/** A line of JavaScript beside a row of the wire; `quiet` if the protocol acted without the program. */
export interface ScriptLine {
  readonly text: string;
  readonly quiet: boolean;
}

interface EntryBase {
  /** Counts up by one, so that the place in the log follows from it. */
  readonly id: number;
  /** Since the connection was accepted; undefined if nothing was on the wire. */
  readonly timeMs: number | undefined;
  readonly fromClient: boolean;
  readonly said: ScriptLine | undefined;
  readonly told: ScriptLine | undefined;
}

/** The request, or the response. */
export interface HandshakeEntry extends EntryBase {
  readonly kind: 'handshake';
  readonly firstLine: string;
  readonly byteLength: number;
  readonly hex: string;
}

/** A frame. Its dump is made again from its bytes when the reader opens it: a hundred thousand dumps need too much memory. */
export interface FrameEntry extends EntryBase {
  readonly kind: 'frame';
  readonly opcode: number;
  readonly opcodeName: string;
  readonly fin: boolean;
  readonly byteLength: number;
  readonly hex: string;
  readonly preview: string;
  /** Whether the message that it belongs to is text. */
  readonly text: boolean;
  readonly violations: readonly Violation[];
  /** The compressed message that ends with it. */
  readonly inflated?: InflatedDump;
}

/** TCP has ended. */
export interface EndEntry extends EntryBase {
  readonly kind: 'end';
  readonly sentence: string;
}

/** A line of JavaScript that put nothing on the wire. */
export interface ScriptEntry extends EntryBase {
  readonly kind: 'script';
}

/** One row of the log. */
export type Entry = HandshakeEntry | FrameEntry | EndEntry | ScriptEntry;
