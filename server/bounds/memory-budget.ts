import { getHeapStatistics } from 'node:v8';

/** Keeps bytes for a peer, and can be made to give them up. */
export interface MemoryHolder {
  /** Gives up what it keeps, now, and logs why. It is no longer counted when this is called. */
  giveUp(): void;
}

/** What one peer can make the server keep is bounded elsewhere; this share of the heap's limit bounds all of them together. */
const SHARE_OF_HEAP = 1 / 4;

/** Less is not counted, so that short messages cost nothing here: ten thousand connections can hold 160 MiB uncounted. */
export const MIN_COUNTED_BYTES = 16 * 1024;

/** In bytes, unless the server is started with another. */
export const DEFAULT_MAX_MEMORY_BYTES = Math.floor(getHeapStatistics().heap_size_limit * SHARE_OF_HEAP);

/**
 * Bounds the memory that all peers together can make this process keep: halves of messages, bytes that a peer is slow to
 * read, recordings for a tap. RFC 6455 §10.4.
 *
 * Each part says how much it holds. When the sum passes the limit, the part that holds most has to give it up, whoever
 * asked last: so a peer that takes little is never the one that pays for a peer that takes much.
 */
export class MemoryBudget {
  readonly maxBytes: number;
  readonly #heldBy = new Map<MemoryHolder, number>();
  #heldBytes = 0;

  constructor(maxBytes: number = DEFAULT_MAX_MEMORY_BYTES) {
    this.maxBytes = maxBytes;
  }

  /** What all parts hold, in bytes; of each part, what it held when it last changed by {@link MIN_COUNTED_BYTES}. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /**
   * Says how much a part holds now, in place of what it said before. If all together are past the limit then, the largest
   * give up what they hold; the caller may be one of them.
   *
   * @param byteLength 0: it holds nothing, and is forgotten
   */
  hold(holder: MemoryHolder, byteLength: number): void {
    const before = this.#heldBy.get(holder) ?? 0;
    const change = byteLength - before;
    if (Math.abs(change) < MIN_COUNTED_BYTES && (byteLength > 0 || before === 0)) return;
    this.#heldBytes += change;
    if (byteLength === 0) this.#heldBy.delete(holder);
    else this.#heldBy.set(holder, byteLength);
    while (this.#heldBytes > this.maxBytes) {
      const largest = this.#largest();
      this.hold(largest, 0);
      largest.giveUp();
    }
  }

  #largest(): MemoryHolder {
    let largest: MemoryHolder | undefined;
    let most = 0;
    for (const [holder, byteLength] of this.#heldBy) {
      if (byteLength <= most) continue;
      largest = holder;
      most = byteLength;
    }
    // More than nothing is held, so somebody holds it.
    return largest as MemoryHolder;
  }
}

/**
 * Of those who are sent the same bytes, the ones to cut off so that the bytes can go: for whom most waits, or half as much.
 * For the others a message waits at most, which goes out at the end of this turn.
 */
export function slowestOf<T extends { readonly bufferedBytes: number }>(receivers: Iterable<T>): readonly T[] {
  const all = [...receivers];
  const most = all.reduce((sofar, { bufferedBytes }) => Math.max(sofar, bufferedBytes), 0);
  return all.filter(({ bufferedBytes }) => bufferedBytes >= Math.max(most / 2, MIN_COUNTED_BYTES));
}
