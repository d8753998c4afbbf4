import { getHeapStatistics } from 'node:v8';

/** Keeps bytes for a peer and can be told to give them up. */
export interface MemoryHolder {
  /** Frees its bytes at once and logs why. The budget has already stopped counting them. */
  giveUp(): void;
}

/** All peers together may use this share of the heap limit. The memory of a single peer has limits of its own. */
const SHARE_OF_HEAP = 1 / 4;

/**
 * Smaller amounts are not counted, so that short messages cost nothing here. Ten thousand connections can hold 160 MiB
 * uncounted.
 */
export const MIN_COUNTED_BYTES = 16 * 1024;

/** In bytes. */
export const DEFAULT_MAX_MEMORY_BYTES = Math.floor(getHeapStatistics().heap_size_limit * SHARE_OF_HEAP);

/**
 * Limits the memory that all peers together make this process keep: unfinished messages, bytes that slow peers have not
 * read, recordings for taps. RFC 6455 §10.4.
 *
 * Every holder reports how much it holds. If the sum exceeds the limit, the largest holder must give up its bytes, and
 * not the one that asked last. So a peer that uses little never pays for a peer that uses much.
 */
export class MemoryBudget {
  readonly maxBytes: number;
  readonly #heldBy = new Map<MemoryHolder, number>();
  #heldBytes = 0;

  constructor(maxBytes: number = DEFAULT_MAX_MEMORY_BYTES) {
    this.maxBytes = maxBytes;
  }

  /** The sum for all holders, in bytes. For each holder it is exact to {@link MIN_COUNTED_BYTES}. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /**
   * Reports how much a holder holds now; replaces its last report. If the sum exceeds the limit, the largest holders
   * give up their bytes. The caller may be one of them.
   *
   * @param byteLength 0 removes the holder
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
    let maxBytes = 0;
    for (const [holder, byteLength] of this.#heldBy) {
      if (byteLength <= maxBytes) continue;
      largest = holder;
      maxBytes = byteLength;
    }
    // The sum is above zero, so there is a holder.
    return largest as MemoryHolder;
  }
}

/**
 * The receivers of shared bytes to cut off so that the bytes can be freed: the slowest, and all that are at least half
 * as far behind. For the others at most one message waits, which is sent at the end of this turn.
 */
export function slowestOf<T extends { readonly bufferedBytes: number }>(receivers: Iterable<T>): readonly T[] {
  const all = [...receivers];
  const maxBuffered = all.reduce((max, { bufferedBytes }) => Math.max(max, bufferedBytes), 0);
  return all.filter(({ bufferedBytes }) => bufferedBytes >= Math.max(maxBuffered / 2, MIN_COUNTED_BYTES));
}
