/** Less than this in a whole time-out, and no event, is silence too: a byte a second keeps nobody alive. */
const MIN_BYTES = 1024;

/** What a silent connection is due for. */
export type Due = 'ping' | 'close' | undefined;

/**
 * Tells how long a peer has been silent. RFC 6455 §5.5.2: a ping asks whether it is still there.
 *
 * A peer that stands in the middle of a frame cannot answer a ping; it is heard by its bytes.
 */
export class Idleness {
  #heardAtMs: number;
  #heard = false;
  #bytes = 0;
  #pinged = false;
  #unsentBytes = 0;

  constructor(nowMs: number) {
    this.#heardAtMs = nowMs;
  }

  /** A whole frame or message has arrived. */
  heardEvent(): void {
    this.#heard = true;
  }

  heardBytes(byteLength: number): void {
    this.#bytes += byteLength;
  }

  /**
   * @param timeoutMs 0: a peer may be silent for ever
   * @param outgoing a peer from which nothing is read is heard by what it takes
   */
  sweep(nowMs: number, timeoutMs: number, outgoing: { readonly paused: boolean; readonly unsentBytes: number }): Due {
    const { paused, unsentBytes } = outgoing;
    const takes = paused && unsentBytes < this.#unsentBytes;
    this.#unsentBytes = unsentBytes;
    if (this.#heard || this.#bytes >= MIN_BYTES || takes) {
      this.#heardAtMs = nowMs;
      this.#heard = false;
      this.#bytes = 0;
      this.#pinged = false;
    }
    return timeoutMs === 0 ? undefined : this.#dueAfter(nowMs - this.#heardAtMs, timeoutMs);
  }

  #dueAfter(silentMs: number, timeoutMs: number): Due {
    if (silentMs >= timeoutMs) return 'close';
    if (silentMs < timeoutMs / 2 || this.#pinged) return undefined;
    this.#pinged = true;
    return 'ping';
  }
}
