/** Less than this in a whole time-out, and no event, is silence too: a byte a second keeps nobody alive. An event counts as much. */
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
  #bytes = 0;
  #pinged = false;
  #unsentBytes = 0;

  constructor(nowMs: number) {
    this.#heardAtMs = nowMs;
  }

  /** A whole frame or message has arrived. */
  heardEvent(): void {
    this.#bytes = MIN_BYTES;
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
    if (this.#bytes >= MIN_BYTES || takes) {
      this.#heardAtMs = nowMs;
      this.#bytes = 0;
      this.#pinged = false;
    }
    if (timeoutMs === 0) return undefined;
    const silentMs = nowMs - this.#heardAtMs;
    if (silentMs >= timeoutMs) return 'close';
    if (silentMs < timeoutMs / 2 || this.#pinged) return undefined;
    this.#pinged = true;
    return 'ping';
  }
}
