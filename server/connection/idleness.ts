/** Fewer bytes than this in a whole time-out count as silence: a byte a second keeps no connection alive. */
const MIN_BYTES = 1024;

/** A whole frame or message is never silence, however short it is. */
export const EVENT_BYTES = MIN_BYTES;

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

  /** @param byteLength how many bytes have arrived; {@link EVENT_BYTES} for a whole frame or message */
  heard(byteLength: number): void {
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
