import { Block } from '../block.ts';
import { LONG } from '../endpoint/sender.ts';

/** In bytes, of all arrays that wait to be taken again. */
const MOST_SPARE = 8 * 1024 * 1024;

/** An array may be so many times as long as what is taken of it. */
const MOST_ROOM = 2;

/** In bytes. A message that is shorter lies elsewhere: the array that it grows in doubles. */
export const SHORTEST_IN_MEMORY = LONG / 2;

/**
 * Memory for long messages that is used again. New memory comes from the system page by page, each page
 * emptied first: for a long message that costs more than to unmask it.
 *
 * An array is held by whom it was taken by. Whoever else keeps it says {@link hold}, and whoever is done with it
 * {@link release}: once nobody holds it, it is taken again. Who never says so loses nothing: then it is never taken
 * again, and is gone with those who refer to it.
 */
export class MessageMemory {
  readonly #short = new Block(LONG);
  readonly #holders = new WeakMap<ArrayBufferLike, number>();
  readonly #spare: ArrayBuffer[] = [];
  #spareLength = 0;

  /** @returns an array that nobody else has; there may be anything in it */
  take(byteLength: number): Uint8Array<ArrayBuffer> {
    if (byteLength < LONG) return this.#short.take(byteLength);
    const buffer = this.#takeSpare(byteLength) ?? new ArrayBuffer(byteLength);
    this.#holders.set(buffer, 1);
    return new Uint8Array(buffer, 0, byteLength);
  }

  /** @param bytes some that were not taken here make no difference */
  hold({ buffer }: Uint8Array): void {
    const holders = this.#holders.get(buffer);
    if (holders !== undefined) this.#holders.set(buffer, holders + 1);
  }

  /** @param bytes not to be looked at any more; some that were not taken here make no difference */
  release({ buffer }: Uint8Array): void {
    const holders = this.#holders.get(buffer);
    if (holders === undefined) return;
    if (holders > 1) {
      this.#holders.set(buffer, holders - 1);
      return;
    }
    this.#holders.delete(buffer);
    this.#spareLength += buffer.byteLength;
    this.#spare.push(buffer as ArrayBuffer);
    // The oldest may be of a length that nobody asks for any more.
    while (this.#spareLength > MOST_SPARE) this.#spareLength -= this.#spare.shift()?.byteLength ?? 0;
  }

  /** The one that was used last is the likeliest to be in the processor's cache. */
  #takeSpare(byteLength: number): ArrayBuffer | undefined {
    const i = this.#spare.findLastIndex(
      (spare) => spare.byteLength >= byteLength && spare.byteLength <= MOST_ROOM * byteLength,
    );
    if (i < 0) return undefined;
    const [buffer] = this.#spare.splice(i, 1);
    this.#spareLength -= (buffer as ArrayBuffer).byteLength;
    return buffer;
  }
}
