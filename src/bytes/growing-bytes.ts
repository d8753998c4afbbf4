import { FreshMemory } from './memory/fresh-memory.ts';
import type { Memory } from './memory/memory.ts';

const NOTHING = new Uint8Array(0);

/** The array is at most this many times as long as the bytes that have arrived, however many are announced. */
const MAX_AHEAD = 32;

/** In bytes. This much may always be allocated, if it is announced. */
const MIN_AHEAD = 1024;

/** In bytes. Up to this length a loop copies faster than set(). */
const FEW = 16;

const FRESH: Memory = new FreshMemory();

/**
 * Joins bytes in one array, which is replaced by a longer one when it is full. Its cost depends on the number of bytes that
 * have arrived, never on the length that a header claims. Many small pieces cost no more than a few large ones.
 */
export class GrowingBytes {
  readonly #memory: Memory;
  #bytes = NOTHING;
  // The length of that array. (Reading it from the array takes longer.)
  #capacity = 0;
  #length = 0;

  constructor(memory = FRESH) {
    this.#memory = memory;
  }

  /** How many bytes have been appended. */
  get length(): number {
    return this.#length;
  }

  /** How much memory it takes, free space included, in bytes. */
  get heldBytes(): number {
    return this.#capacity;
  }

  /**
   * @param piece copied
   * @param announced how many more bytes the sender has announced: if they come, the array is seldom replaced
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

  /** All bytes so far: a view, valid until the next call. */
  peek(): Uint8Array<ArrayBuffer> {
    // Making a view costs more than joining a few small pieces, so none is made if the array is exactly full.
    return this.#length === this.#capacity ? this.#bytes : this.#bytes.subarray(0, this.#length);
  }

  /** Returns all bytes so far and starts again with none. The caller calls `done` on the memory when it is finished. */
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
