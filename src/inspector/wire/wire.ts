import type { FrameDump } from '../frame/frame-dump.ts';

/**
 * The version of these messages; the `open` message carries it. Since version 2 a frame has `opcode`, `fin`, `masked`,
 * `payloadLength`, and `inflated` if a compressed message ends with it.
 */
export const SCHEMA_VERSION = 2;

/** The direction of bytes, seen from the server: `in` from the client, `out` to the client. */
export type Direction = 'in' | 'out';

/** An event of a connection on the wire, in the order in which they happened. */
export type WireMessage = WireOpen | WireChunk | WireHandshake | WireFrame | WireClose | WireDropped | WireGap;

/** A client has connected. */
export interface WireOpen {
  readonly type: 'open';
  readonly schema: 1 | typeof SCHEMA_VERSION;
  readonly connection: number;
  /** Milliseconds since the connection was accepted, in this and every other message. */
  readonly timeMs: number;
  /** The path of the request, without its query. */
  readonly path: string;
  /** The client's address and port. */
  readonly remote: string;
}

/** One read from TCP, or one write to it. */
export interface WireChunk {
  readonly type: 'chunk';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number;
  /** Counts every byte of this direction, including the handshake. */
  readonly offset: number;
  readonly byteLength: number;
}

/** The head of the request or of the response, including its empty line. RFC 6455 §4. */
export interface WireHandshake {
  readonly type: 'handshake';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number;
  readonly offset: number;
  readonly byteLength: number;
  readonly hex: string;
}

/** One frame, explained. RFC 6455 §5.2. */
export interface WireFrame extends FrameDump {
  readonly type: 'frame';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number;
  /** The offset of the frame, counting every byte of this direction. */
  readonly offset: number;
}

/** TCP has ended. RFC 6455 §7.1.4 to §7.1.6. */
export interface WireClose {
  readonly type: 'close';
  readonly connection: number;
  readonly timeMs: number;
  /** 1005 if the close frame had no code, 1006 if there was no close frame. */
  readonly closeCode: number;
  readonly reason: string;
  readonly clean: boolean;
}

/** This many messages of the connection were dropped; those that follow are the latest. */
export interface WireDropped {
  readonly type: 'dropped';
  readonly connection: number;
  readonly messages: number;
}

/**
 * Bytes that a recording lacks (`missing`), or that cannot be read because others before them are missing (`unread`). The tap
 * sends none: it sees every byte.
 */
export interface WireGap {
  readonly type: 'gap';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number;
  readonly offset: number;
  /** Left out if nobody knows how many. */
  readonly byteLength?: number;
  readonly why: 'missing' | 'unread';
}
