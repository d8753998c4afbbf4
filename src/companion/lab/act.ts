import type { ResponseHead } from '../../protocol/handshake/head.ts';

/** Something that a server does on purpose, so that it can be seen what the client makes of it; act-words.ts says what. */
export interface LabAct {
  /** In kebab-case: what an address and an order call it. */
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

/** The response of the opening handshake is another than the right one. RFC 6455 §4.2.2. */
export interface ResponseDeed {
  readonly kind: 'response';
  readonly change: (right: ResponseHead) => ResponseHead;
}

/** TCP ends, without a close frame. RFC 6455 §7.1.5. */
export interface EndTcpDeed {
  readonly kind: 'endTcp';
}

/** A close frame of the client is not answered, and TCP is not ended. RFC 6455 §5.5.1. */
export interface SilenceDeed {
  readonly kind: 'silence';
}

/** An act that sends frames. */
export function framesAct(name: string, ...frames: readonly (() => Uint8Array<ArrayBuffer>)[]): LabAct {
  return { name, deed: { kind: 'frames', frames: () => frames.map((encode) => encode()) } };
}
