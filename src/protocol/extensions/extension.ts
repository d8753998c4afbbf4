import type { BorrowedBytes } from '../../bytes/memory/memory.ts';
import type { FrameRule } from '../rule.ts';

/** An extension that both ends agreed on: how it changes the messages that one end sends and receives. RFC 6455 §9. */
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
   * @returns the bytes that they stand for, valid until the next call; or the rule that they break
   */
  decode(payload: BorrowedBytes, isLast: boolean, maxBytes: number): Uint8Array | FrameRule;
  /** How much memory it takes from message to message, in bytes; 0 if it takes none. */
  readonly heldBytes?: number;
  /** Frees its memory: no more bytes will arrive. */
  end?(): void;
}

/** Changes the messages that one end of a connection sends. */
export interface MessageEncoder {
  /** The bits that mark a message that it changed, in its first frame. */
  readonly reservedBits: number;
  /**
   * @param payload the whole message; not changed
   * @returns its payload on the wire, valid until the next call; undefined if the message goes out as it is
   */
  encode(payload: Uint8Array): Uint8Array | undefined;
  /**
   * Encodes a message for many receivers at once. The result refers to no earlier message.
   *
   * @returns as {@link encode}
   */
  encodeAlone(payload: Uint8Array): Uint8Array | undefined;
  /** Two encoders with the same key encode a message for many receivers to the same bytes. */
  readonly sharedKey: string;
  /** The peer has been sent a message that came from another encoder: the next one refers to no earlier message. */
  forget(): void;
  /** Frees its memory: nothing more will be sent. */
  end(): void;
}
