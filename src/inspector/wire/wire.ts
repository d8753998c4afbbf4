import type { FrameDump } from '../frame/frame-dump.ts';

/**
 * The version of these messages; the `open` message carries it. Since version 2 a frame has `opcode`, `fin`, `masked`,
 * `payloadLength`, and `inflated` if a compressed message ends with it.
 */
export const SCHEMA_VERSION = 2;

/** The direction of bytes, seen from the server: `in` from the client, `out` to the client. */
export type Direction = 'in' | 'out';

/** An event of a connection on the wire, in the order in which they happened. */
export type WireMessage =
  | WireOpen
  | WireChunk
  | WireHandshake
  | WireFrame
  | WireClose
  | WireEnding
  | WireDropped
  | WireGap;

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
  /** Only if a stream of HTTP/2 carries the connection. It then has no `handshake`. */
  readonly http2?: WireStream;
}

/** A stream of HTTP/2, and the fields of the request and response that opened it. RFC 8441. */
export interface WireStream {
  readonly stream: number;
  readonly request: readonly WireField[];
  readonly response: readonly WireField[];
}

/** A header, or a pseudo-header such as `:path`. */
export type WireField = readonly [name: string, value: string];

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

/** How the connection ended, and why: the last message about it. */
export interface WireEnding {
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
