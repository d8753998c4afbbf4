import type { Violation } from '../../../protocol/violation.ts';

/** What a program said or was told; `quiet` where the protocol did something without the program. */
export interface Truth {
  readonly text: string;
  readonly quiet: boolean;
}

interface EntryBase {
  /** Counts up by one: the place in the log follows from it. */
  readonly id: number;
  /** Since the connection was accepted; undefined where nothing was on the wire. */
  readonly timeMs: number | undefined;
  readonly fromClient: boolean;
  readonly said: Truth | undefined;
  readonly told: Truth | undefined;
}

/** The request, or the response. */
export interface HandshakeEntry extends EntryBase {
  readonly kind: 'handshake';
  readonly firstLine: string;
  readonly byteLength: number;
  readonly hex: string;
}

/** A frame; its dump is made again from its bytes when it is opened, for a hundred thousand dumps are much to keep. */
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
}

/** TCP has ended. */
export interface EndEntry extends EntryBase {
  readonly kind: 'end';
  readonly sentence: string;
}

/** JavaScript alone: nothing of it reached the wire. */
export interface ScriptEntry extends EntryBase {
  readonly kind: 'script';
}

/** One row of the log. */
export type Entry = HandshakeEntry | FrameEntry | EndEntry | ScriptEntry;
