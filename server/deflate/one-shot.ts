import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { GrowingBytes } from '../../src/bytes/growing-bytes.ts';
import { joinBytes } from '../../src/bytes/join-bytes.ts';
import type { DeflateCodec, Deflater, Inflater } from '../../src/protocol/extensions/permessage-deflate/codec.ts';
import { Window } from './window.ts';

/** RFC 7692 §7.2.2. */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
const FLUSH = { finishFlush: constants.Z_SYNC_FLUSH } as const;
const MIN_DEFLATE_WINDOW_BITS = 9;
/** The longest result that zlib's options can name, less one. */
const MAX_OUTPUT_LENGTH = 2 ** 31 - 2;

/**
 * The codec for a platform whose engines cannot be called directly: each message is one call of the public API, with the window
 * as its dictionary. It takes ten times as long, and it inflates a message only when all of it has come.
 */
export const ONE_SHOT: DeflateCodec = {
  createDeflater: (windowBits) => new OneShotDeflater(Math.max(windowBits, MIN_DEFLATE_WINDOW_BITS), windowBits),
  createInflater: (windowBits) => new OneShotInflater(windowBits),
};

class OneShotDeflater implements Deflater {
  readonly #windowBits: number;
  readonly #window: Window;

  constructor(windowBits: number, agreedBits: number) {
    this.#windowBits = windowBits;
    this.#window = new Window(2 ** agreedBits);
  }

  deflate(bytes: Uint8Array): Uint8Array {
    const deflated = deflateRawSync(bytes, { ...FLUSH, windowBits: this.#windowBits, ...dictionaryOf(this.#window) });
    this.#window.append(bytes);
    return deflated;
  }

  reset(): void {
    this.#window.clear();
  }

  end(): void {
    this.#window.clear();
  }
}

class OneShotInflater implements Inflater {
  readonly #windowBits: number;
  readonly #window: Window;
  readonly #message = new GrowingBytes();

  constructor(windowBits: number) {
    this.#windowBits = windowBits;
    this.#window = new Window(2 ** windowBits);
  }

  get heldBytes(): number {
    return this.#window.heldBytes + this.#message.heldBytes;
  }

  inflate(bytes: Uint8Array, isLast: boolean, maxBytes: number): Uint8Array | undefined {
    this.#message.append(bytes);
    // A message that is not compressed well is a few bytes longer than what it stands for.
    if (!isLast && this.#message.length <= 2 * maxBytes) return new Uint8Array(0);
    if (this.#message.length === 0) return new Uint8Array(0);
    this.#message.append(TAIL);
    return this.#inflateStreams(this.#message.take(), maxBytes);
  }

  reset(): void {
    this.#window.clear();
    this.#message.discard();
  }

  end(): void {
    this.reset();
  }

  /** A final block ends a stream of zlib's, so a message can hold several. */
  #inflateStreams(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
    const pieces: Uint8Array[] = [];
    const tailAt = bytes.length - TAIL.length;
    let length = 0;
    // A message that ends with a final block may lack the empty block after it.
    for (let at = 0; at < tailAt; ) {
      const inflated = this.#inflate(bytes.subarray(at), maxBytes - length);
      if (inflated === undefined) return undefined;
      if (inflated === 'too long') return new Uint8Array(Math.min(maxBytes, MAX_OUTPUT_LENGTH) + 1);
      const { piece, taken } = inflated;
      // In the middle of a block, the four bytes at the end stand for something.
      const reachesTail = at + taken === bytes.length;
      if (reachesTail && this.#lengthOf(bytes.subarray(at, tailAt)) !== piece.length) return undefined;
      this.#window.append(piece);
      pieces.push(piece);
      length += piece.length;
      at += taken;
    }
    return joinBytes(pieces);
  }

  #lengthOf(bytes: Uint8Array): number {
    const inflated = this.#inflate(bytes, MAX_OUTPUT_LENGTH);
    return inflated === undefined || inflated === 'too long' ? -1 : inflated.piece.length;
  }

  #inflate(bytes: Uint8Array, maxBytes: number): { piece: Uint8Array; taken: number } | 'too long' | undefined {
    try {
      const options = { ...FLUSH, windowBits: this.#windowBits, ...dictionaryOf(this.#window) };
      const { buffer, engine } = inflateRawSync(bytes, {
        ...options,
        maxOutputLength: Math.min(maxBytes, MAX_OUTPUT_LENGTH) + 1,
        info: true,
      }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
      return { piece: buffer, taken: engine.bytesWritten };
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too long' : undefined;
    }
  }
}

function dictionaryOf(window: Window): { dictionary?: Uint8Array } {
  const dictionary = window.bytes();
  return dictionary.length === 0 ? {} : { dictionary };
}
