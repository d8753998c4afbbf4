import type { WireMessage } from '../wire/wire.ts';

/** How a connection ended, and why: the last line about it. */
export interface Ending {
  readonly type: 'ending';
  readonly connection: number;
  /** Who ended it first, by a close frame or by TCP; undefined if that cannot be known. */
  readonly endedBy?: 'client' | 'server';
  /** How TCP ended first; undefined if the recording does not show it. */
  readonly tcp?: 'FIN' | 'RST';
  /** Milliseconds without a byte in either direction before the end began. */
  readonly idleMs?: number;
  /** The cause's name, such as `proxy-idle-timeout`. */
  readonly cause: string;
  /** The cause in plain words: the evidence, then the likely cause, then what to do. */
  readonly sentence: string;
  /** What a browser tells JavaScript in the close event; undefined while the connection is open, or if bytes are missing. */
  readonly closeEvent?: ToldCloseEvent;
}

/** The close event of a page whose browser is the client. WHATWG WebSockets, RFC 6455 §7.1.5, §7.1.6. */
export interface ToldCloseEvent {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  /** Why these values, in one sentence. */
  readonly why: string;
}

/** TCP ended in one direction. Beside the messages of the tap, which only say that both have. */
export interface TcpEnd {
  readonly type: 'tcp';
  readonly connection: number;
  readonly direction: 'in' | 'out' | undefined;
  readonly timeMs: number | undefined;
  readonly how: 'FIN' | 'RST' | 'unknown';
}

/** A message of a form without frames: HAR, a log. */
export interface WholeMessage {
  readonly type: 'message';
  readonly connection: number;
  readonly direction: 'in' | 'out';
  readonly timeMs: number | undefined;
  readonly opcode: number;
  readonly byteLength: number;
}

/** What an ending is told from, in the order in which it happened. */
export type Observed = WireMessage | TcpEnd | WholeMessage;

/** Follows one connection and tells its ending. Its memory does not grow with the connection. */
export interface EndingFinder {
  take(observed: Observed): void;
  /** Part of the connection is missing here: conclusions from what was not seen are not drawn. */
  gap(): void;
  ending(): Ending;
}
