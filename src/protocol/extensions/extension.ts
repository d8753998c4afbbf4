import type { BorrowedBytes } from '../../bytes/memory/memory.ts';
import type { FrameRule } from '../rule.ts';

/**
 * An extension that both ends agreed on, as the receiving end sees it. RFC 6455 §9. Nothing here offers or accepts one
 * yet: the receiver only has the place for it.
 */
export interface Extension {
  /** As in Sec-WebSocket-Extensions. */
  readonly name: string;
  /** The reserved bit that marks the messages it changed, as `RSV1_BIT`: set in their first frame alone. RFC 7692 §6. */
  readonly reservedBit: number;
  /** Makes a decoder for one direction of one connection: it may keep what it learns from message to message. */
  createDecoder(): PayloadDecoder;
}

/** Changes payloads back into what the sender's program sent. */
export interface PayloadDecoder {
  /**
   * Takes the next bytes of a message that the extension has changed.
   *
   * @param payload as on the wire, unmasked
   * @param isLast whether the message ends with them
   * @param maxBytes the most bytes that the receiver still takes of this message: a decoder may stop once it has more
   * @returns the bytes that they stand for; or the rule that they break
   */
  decode(payload: BorrowedBytes, isLast: boolean, maxBytes: number): Uint8Array | FrameRule;
}
