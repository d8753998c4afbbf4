import type { ResponseHead } from '../protocol/handshake/head/head.ts';
import type { ReceivedPayload } from './received-payload.ts';

/** What came back in one case, in order, with the time of each thing since the connection was asked for. */
export interface Transcript {
  /** Why there is no connection, where there is none. */
  readonly connectError: string | undefined;
  /** The response's head, where a readable one came. */
  readonly response: ResponseHead | undefined;
  /** What a client has to object to in the response: what is wrong, and what to do. */
  readonly responseFault: string | undefined;
  readonly received: readonly ReceivedItem[];
  /** What is wrong in the frames that the server sent. */
  readonly frameFault: FrameFault | undefined;
  readonly close: ReceivedClose | undefined;
  readonly end: ReceivedEnd | undefined;
  /** After so many bytes the check has hung up: nothing had asked for so much. */
  readonly hungUpAfter: number | undefined;
  /** How many bytes came in all, and the first of them, for people to look at. */
  readonly byteLength: number;
  readonly firstBytes: Uint8Array<ArrayBuffer>;
}

interface When {
  readonly timeMs: number;
  /** The step that was under way; -1 during the opening handshake, the number of steps after the last. */
  readonly step: number;
}

/** A whole message, or a pong. The server's pings are answered and stand nowhere. */
export interface ReceivedItem extends When {
  readonly opcode: number;
  readonly payload: ReceivedPayload;
}

/** The server's close frame. */
export interface ReceivedClose extends When {
  /** 1005 where it had no body. */
  readonly closeCode: number;
  readonly reason: string;
  /** How many messages and pongs had come before it. */
  readonly receivedBefore: number;
}

/** The server has ended TCP. */
export interface ReceivedEnd extends When {
  /** By a reset, instead of an orderly end. */
  readonly reset: boolean;
}

/** A rule that the server itself has broken. */
export interface FrameFault extends When {
  readonly rule: string;
  readonly section: string;
  readonly requirement: string;
}
