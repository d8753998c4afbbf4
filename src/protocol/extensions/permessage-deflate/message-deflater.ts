import { RSV1_BIT } from '../../framing/layout.ts';
import type { MessageEncoder } from '../extension.ts';
import type { DeflateCodec, Deflater } from './codec.ts';

/** `00 00 ff ff`, which a sender cuts off the end of a compressed message, and its receiver puts back. RFC 7692 §7.2.1. */
const TAIL_LENGTH = 4;

/** An empty message, compressed: the first byte of an empty block, whose other bytes are the tail. RFC 7692 §7.2.3.6. */
const EMPTY = Uint8Array.of(0x00);

/** Which messages are compressed, by their length in bytes. */
export interface DeflateThresholds {
  /** A shorter message goes out as it is: little is saved. */
  readonly minBytes: number;
  /** A longer message goes out as it is: compressing it would keep every other connection waiting. */
  readonly maxBytes: number;
}

export interface MessageDeflaterOptions {
  readonly windowBits: number;
  /** Whether a message may refer to those before it. */
  readonly keepsContext: boolean;
  readonly thresholds: DeflateThresholds;
}

/** Compresses the messages of one direction, one after the other. RFC 7692 §7.2.1. */
export class MessageDeflater implements MessageEncoder {
  readonly reservedBits = RSV1_BIT;
  readonly #codec: DeflateCodec;
  readonly #options: MessageDeflaterOptions;
  // Created with the first message that is compressed. Without context, only while a message is compressed.
  #deflater: Deflater | undefined;

  constructor(codec: DeflateCodec, options: MessageDeflaterOptions) {
    this.#codec = codec;
    this.#options = options;
  }

  get sharedKey(): string {
    const { windowBits, thresholds } = this.#options;
    return `${windowBits} ${thresholds.minBytes} ${thresholds.maxBytes}`;
  }

  encode(message: Uint8Array): Uint8Array | undefined {
    const { windowBits, keepsContext, thresholds } = this.#options;
    const { length } = message;
    if (length < thresholds.minBytes || length > thresholds.maxBytes) return undefined;
    if (length === 0) return EMPTY;
    this.#deflater ??= this.#codec.createDeflater(windowBits);
    const flushed = this.#deflater.deflate(message);
    if (!keepsContext) this.end();
    return flushed.subarray(0, flushed.length - TAIL_LENGTH);
  }

  encodeAlone(message: Uint8Array): Uint8Array | undefined {
    this.forget();
    const encoded = this.encode(message);
    this.forget();
    return encoded;
  }

  forget(): void {
    this.#deflater?.reset();
  }

  end(): void {
    this.#deflater?.end();
    this.#deflater = undefined;
  }
}
