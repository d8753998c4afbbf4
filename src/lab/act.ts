import type { ResponseHead } from '../protocol/handshake/head/head.ts';

/** Something that a server does on purpose, to show how the client reacts. act-words.ts describes each. */
export interface LabAct {
  /** In kebab-case, as an address and an order name it. */
  readonly name: string;
  readonly deed: Deed;
}

/** How an act is carried out. */
export type Deed = FramesDeed | ResponseDeed | EndTcpDeed | SilenceDeed;

/** These bytes go out as they are, right or wrong. */
export interface FramesDeed {
  readonly kind: 'frames';
  /** New bytes at each call. */
  readonly frames: () => readonly Uint8Array<ArrayBuffer>[];
}

/** The response of the opening handshake is changed. RFC 6455 §4.2.2. */
export interface ResponseDeed {
  readonly kind: 'response';
  readonly change: (right: ResponseHead) => ResponseHead;
}

/** TCP ends, without a close frame. RFC 6455 §7.1.5. */
export interface EndTcpDeed {
  readonly kind: 'endTcp';
}

/** The server does not answer the client's close frame, and does not end TCP. RFC 6455 §5.5.1. */
export interface SilenceDeed {
  readonly kind: 'silence';
}

/** An act that sends frames. */
export function framesAct(name: string, ...frames: readonly (() => Uint8Array<ArrayBuffer>)[]): LabAct {
  return { name, deed: { kind: 'frames', frames: () => frames.map((encode) => encode()) } };
}
