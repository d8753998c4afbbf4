import { FreshMemory } from './fresh-memory.ts';
import type { Memory } from './memory.ts';

/** In bytes. Reusing a shorter array is not worth the bookkeeping: those are always fresh. */
const MIN_REUSED = 16 * 1024;

/** In bytes, all arrays together that wait to be reused. */
const MAX_SPARE = 8 * 1024 * 1024;

/** A reused array may be at most this many times as long as the length that is asked for. */
const MAX_LENGTH_RATIO = 2;

/**
 * Memory for long messages that is reused. The system gives new memory page by page, each page filled with zeros first: for
 * a long message, that costs more than unmasking it.
 *
 * Reference-counted: {@link take} counts one, {@link keep} adds one, {@link done} subtracts one. At zero the array is reused.
 */
export class MessageMemory implements Memory {
  readonly #overwritten: ArrayBufferLike | undefined;
  readonly #short = new FreshMemory();
  readonly #users = new WeakMap<ArrayBufferLike, number>();
  readonly #spare: ArrayBuffer[] = [];
  #spareLength = 0;

  /** @param overwritten a buffer whose bytes must be copied to be kept: every read from a socket overwrites it */
  constructor(overwritten?: ArrayBufferLike) {
    this.#overwritten = overwritten;
  }

  take(byteLength: number): Uint8Array<ArrayBuffer> {
    if (byteLength < MIN_REUSED) return this.#short.take(byteLength);
    const buffer = this.#takeSpare(byteLength) ?? new ArrayBuffer(byteLength);
    this.#users.set(buffer, 1);
    return new Uint8Array(buffer, 0, byteLength);
  }

  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const { buffer } = bytes;
    if (buffer === this.#overwritten) return new Uint8Array(bytes);
    const users = this.#users.get(buffer);
    if (users !== undefined) this.#users.set(buffer, users + 1);
    return bytes as Uint8Array<ArrayBuffer>;
  }

  done(bytes: Uint8Array): void {
    // An array doubles when it grows, so a message fills at least half of it. (Reading `buffer` takes longer than `length`.)
    if (bytes.length < MIN_REUSED / 2) return;
    const { buffer } = bytes;
    const users = this.#users.get(buffer);
    if (users === undefined) return;
    if (users > 1) {
      this.#users.set(buffer, users - 1);
      return;
    }
    this.#users.delete(buffer);
    this.#spareLength += buffer.byteLength;
    this.#spare.push(buffer as ArrayBuffer);
    // The oldest array may have a length that is no longer asked for.
    while (this.#spareLength > MAX_SPARE) this.#spareLength -= this.#spare.shift()?.byteLength ?? 0;
  }

  /** Searches from the end: the array that was used last is the most likely to be in the processor's cache. */
  #takeSpare(byteLength: number): ArrayBuffer | undefined {
    const i = this.#spare.findLastIndex(
      (spare) => spare.byteLength >= byteLength && spare.byteLength <= MAX_LENGTH_RATIO * byteLength,
    );
    if (i < 0) return undefined;
    const [buffer] = this.#spare.splice(i, 1);
    this.#spareLength -= (buffer as ArrayBuffer).byteLength;
    return buffer;
  }
}
