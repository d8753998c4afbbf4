import type { ResponseHead } from '../protocol/handshake/head/head.ts';
import type { ReceivedPayload } from './received-payload.ts';

/** Everything that came back in one case, in order. Times are in milliseconds since the client started to connect. */
export interface Transcript {
  /** Why there is no TCP connection; undefined if there is one. */
  readonly connectError: string | undefined;
  /** The head of the response; undefined if none came or it cannot be read. */
  readonly response: ResponseHead | undefined;
  /** The value of Sec-WebSocket-Extensions that both ends agreed on; undefined if they agreed on none. */
  readonly extensions: string | undefined;
  /** What is wrong with the response, and what to do about it. */
  readonly responseFault: string | undefined;
  readonly received: readonly ReceivedItem[];
  /** What is wrong with the frames that the server sent. */
  readonly frameFault: FrameFault | undefined;
  readonly close: ReceivedClose | undefined;
  readonly end: ReceivedEnd | undefined;
  /** The number of bytes after which the suite hung up on a server that sent far too much. */
  readonly hungUpAfter: number | undefined;
  /** The number of bytes that came, and the first of them for people to look at. */
  readonly byteLength: number;
  readonly firstBytes: Uint8Array<ArrayBuffer>;
}

interface When {
  readonly timeMs: number;
  /** The current step; -1 during the opening handshake, and the number of steps after the last one. */
  readonly step: number;
}

/** A whole message, or a pong. Pings of the server are answered and not recorded. */
export interface ReceivedItem extends When {
  readonly opcode: number;
  readonly payload: ReceivedPayload;
}

/** The server's close frame. */
export interface ReceivedClose extends When {
  /** 1005 if it had no body. */
  readonly closeCode: number;
  readonly reason: string;
  /** The number of messages and pongs that came before it. */
  readonly receivedBefore: number;
  /** How many close frames came after this one; left out if none did. */
  readonly laterCloses?: number;
}

/** The server ended TCP. */
export interface ReceivedEnd extends When {
  /** True for a reset, false for an orderly end. */
  readonly reset: boolean;
}

/** A rule that the server itself broke. */
export interface FrameFault extends When {
  readonly rule: string;
  readonly section: string;
  readonly requirement: string;
}
