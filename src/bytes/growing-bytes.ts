import { FreshMemory } from './memory/fresh-memory.ts';
import type { Memory } from './memory/memory.ts';

const NOTHING = new Uint8Array(0);

/** Allocates ahead at most this many times what has arrived, however much is announced. */
const MAX_AHEAD = 32;

/** In bytes: this much may be allocated ahead at once, if it is announced. */
const MIN_AHEAD = 1024;

/** In bytes. Up to this length a loop copies faster than set(). */
const FEW = 16;

const FRESH: Memory = new FreshMemory();

/**
 * Bytes joined in one array that is replaced by a longer one when it is full: what it costs follows
 * what has arrived, never what a header claims, and many small pieces cost no more than few large ones.
 */
export class GrowingBytes {
  readonly #memory: Memory;
  #bytes = NOTHING;
  // How long that array is. (To ask the array takes longer.)
  #capacity = 0;
  #length = 0;

  constructor(memory = FRESH) {
    this.#memory = memory;
  }

  /** How many bytes have been appended. */
  get length(): number {
    return this.#length;
  }

  /** How much memory it takes, room for more included, in bytes. */
  get heldBytes(): number {
    return this.#capacity;
  }

  /**
   * @param piece copied
   * @param announced how many more bytes are said to come: if that is true, the array is seldom replaced
   */
  append(piece: Uint8Array, announced = 0): void {
    const start = this.#length;
    const { length } = piece;
    const needed = start + length;
    if (needed > this.#capacity) this.#grow(needed, announced);
    const bytes = this.#bytes;
    if (length > FEW) bytes.set(piece, start);
    else for (let i = 0; i < length; i++) bytes[start + i] = piece[i] as number;
    this.#length = needed;
  }

  /** All bytes so far: a view, good until the next call. */
  peek(): Uint8Array<ArrayBuffer> {
    // To make a view costs more than to join a few small pieces: none is made of what is whole.
    return this.#length === this.#capacity ? this.#bytes : this.#bytes.subarray(0, this.#length);
  }

  /** All bytes so far, given away; the next piece begins anew. The taker says `done` to the memory that they lie in. */
  take(): Uint8Array<ArrayBuffer> {
    const whole = this.peek();
    this.#bytes = NOTHING;
    this.#capacity = 0;
    this.#length = 0;
    return whole;
  }

  /** Throws away all bytes so far. */
  discard(): void {
    this.#memory.done(this.#bytes);
    this.#bytes = NOTHING;
    this.#capacity = 0;
    this.#length = 0;
  }

  #grow(needed: number, announced: number): void {
    const ahead = Math.min(needed + announced, Math.max(needed * MAX_AHEAD, MIN_AHEAD));
    const grown = this.#memory.take(Math.max(ahead, 2 * this.#capacity));
    if (this.#length > 0) grown.set(this.peek());
    this.#memory.done(this.#bytes);
    this.#bytes = grown;
    this.#capacity = grown.length;
  }
}
