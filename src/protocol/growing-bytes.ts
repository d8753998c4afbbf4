import { Block } from './block.ts';

const NOTHING = new Uint8Array(0);

/** How many times the bytes that have arrived may be taken in memory for those that are announced. */
const MOST_AHEAD = 32;

/** In bytes: so much is taken at once, where it is announced. */
const ALWAYS_AHEAD = 1024;

/** Where the arrays come from. */
export interface BytesSource {
  /** @returns an array that is the taker's alone */
  take(byteLength: number): Uint8Array<ArrayBuffer>;
  /** @param bytes taken here, and of no more use to the taker */
  release?(bytes: Uint8Array): void;
}

const BLOCK: BytesSource = new Block(16 * 1024);

/** So few bytes are copied one by one sooner than by a call. */
const FEW = 16;

/**
 * Bytes joined in one array that is replaced by a longer one when it is full: what it costs follows
 * what has arrived, never what a header claims, and many small pieces cost no more than few large ones.
 */
export class GrowingBytes {
  readonly #source: BytesSource;
  #bytes = NOTHING;
  #length = 0;

  constructor(source = BLOCK) {
    this.#source = source;
  }

  /** In bytes: so much has been appended. */
  get length(): number {
    return this.#length;
  }

  /**
   * @param piece copied
   * @param announced how many more bytes are said to come: where that is true, the array is seldom replaced
   */
  append(piece: Uint8Array, announced = 0): void {
    const start = this.extend(piece.length, announced);
    const bytes = this.#bytes;
    if (piece.length > FEW) bytes.set(piece, start);
    else for (let i = 0; i < piece.length; i++) bytes[start + i] = piece[i] as number;
  }

  /**
   * As {@link append}, but leaves it to the caller to write the next bytes into {@link room}.
   *
   * @returns the index in `room` from which on to write them
   */
  extend(byteLength: number, announced: number): number {
    const start = this.#length;
    const needed = start + byteLength;
    if (needed > this.#bytes.length) this.#grow(needed, announced);
    this.#length = needed;
    return start;
  }

  /** All bytes so far, and room behind them: good until the next call. */
  get room(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** All bytes so far: a view, good until the next call. */
  peek(): Uint8Array<ArrayBuffer> {
    // To make a view costs more than to join a few small pieces: none is made of what is whole.
    return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.#length);
  }

  /** All bytes so far, given away; the next piece begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const whole = this.peek();
    this.#bytes = NOTHING;
    this.#length = 0;
    return whole;
  }

  /** Gives back all bytes so far: nobody needs them. */
  discard(): void {
    this.#source.release?.(this.take());
  }

  #grow(needed: number, announced: number): void {
    const ahead = Math.min(needed + announced, Math.max(needed * MOST_AHEAD, ALWAYS_AHEAD));
    const grown = this.#source.take(Math.max(ahead, 2 * this.#bytes.length));
    if (this.#length > 0) grown.set(this.peek());
    // A server has use for it: another message's bytes.
    this.#source.release?.(this.#bytes);
    this.#bytes = grown;
  }
}
