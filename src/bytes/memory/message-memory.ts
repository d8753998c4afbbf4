import { FreshMemory } from './fresh-memory.ts';
import type { Memory } from './memory.ts';

/** In bytes. A shorter array is not worth the bookkeeping: it is fresh. */
const MIN_REUSED = 16 * 1024;

/** In bytes, of all arrays that wait to be taken again. */
const MAX_SPARE = 8 * 1024 * 1024;

/** An array may be this many times as long as what is taken of it. */
const MAX_ROOM = 2;

/**
 * Memory for long messages that is used again. New memory comes from the system page by page, each page
 * emptied first: for a long message that costs more than to unmask it.
 *
 * Arrays are counted: {@link take} counts one, {@link keep} one more, {@link done} one less. At zero the array is used again.
 */
export class MessageMemory implements Memory {
  readonly #overwritten: ArrayBufferLike | undefined;
  readonly #short = new FreshMemory();
  readonly #users = new WeakMap<ArrayBufferLike, number>();
  readonly #spare: ArrayBuffer[] = [];
  #spareLength = 0;

  /** @param overwritten memory of others in which bytes may lie that cannot stay: every read from a socket goes there */
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
    // A message fills half of its array at least, since that doubles as it grows. (Its buffer takes longer to look up.)
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
    // The oldest may be of a length that nobody asks for any more.
    while (this.#spareLength > MAX_SPARE) this.#spareLength -= this.#spare.shift()?.byteLength ?? 0;
  }

  /** The one that was used last is the likeliest to be in the processor's cache. */
  #takeSpare(byteLength: number): ArrayBuffer | undefined {
    const i = this.#spare.findLastIndex(
      (spare) => spare.byteLength >= byteLength && spare.byteLength <= MAX_ROOM * byteLength,
    );
    if (i < 0) return undefined;
    const [buffer] = this.#spare.splice(i, 1);
    this.#spareLength -= (buffer as ArrayBuffer).byteLength;
    return buffer;
  }
}
