import type { WireEnding, WireMessage } from '../wire/wire.ts';

/** How a connection ended, and why: the last line about it. */
export type Ending = WireEnding;

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
