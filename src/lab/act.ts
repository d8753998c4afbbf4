import type { ResponseHead } from '../protocol/handshake/head/head.ts';

/** Something that the server does on purpose, to show how the client reacts. act-words.ts describes each act. */
export interface LabAct {
  /** In kebab-case, as it is written in an address or an order. */
  readonly name: string;
  readonly behavior: Behavior;
}

/** What the server does in an act. */
export type Behavior = FramesBehavior | ResponseBehavior | EndTcpBehavior | SilenceBehavior;

/** The server sends these bytes unchanged, right or wrong. */
export interface FramesBehavior {
  readonly kind: 'frames';
  /** New bytes at each call. */
  readonly frames: () => readonly Uint8Array<ArrayBuffer>[];
}

/** The server changes its response in the opening handshake. RFC 6455 §4.2.2. */
export interface ResponseBehavior {
  readonly kind: 'response';
  readonly change: (right: ResponseHead) => ResponseHead;
}

/** The server ends TCP without a close frame. RFC 6455 §7.1.5. */
export interface EndTcpBehavior {
  readonly kind: 'endTcp';
}

/** The server does not answer the client's close frame, and does not end TCP. RFC 6455 §5.5.1. */
export interface SilenceBehavior {
  readonly kind: 'silence';
}

/** An act that sends frames. */
export function framesAct(name: string, ...frames: readonly (() => Uint8Array<ArrayBuffer>)[]): LabAct {
  return { name, behavior: { kind: 'frames', frames: () => frames.map((encode) => encode()) } };
}
