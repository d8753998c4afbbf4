/** Fewer bytes than this in a whole timeout count as silence, so that one byte a second cannot keep a connection open. */
const MIN_BYTES = 1024;

/** A whole frame or message counts as this many bytes, so it always counts as activity, however short it is. */
export const EVENT_BYTES = MIN_BYTES;

/** What the server does about a silent connection: asks whether the peer is still there, or closes. */
export type IdleAction = 'ping' | 'close' | undefined;

/**
 * Measures how long a peer has been silent. RFC 6455 §5.5.2: a ping asks whether it is still there.
 *
 * A peer that is in the middle of sending a frame cannot answer a ping. Its bytes count as activity.
 */
export class Idleness {
  #activeAtMs: number;
  #bytes = 0;
  #pinged = false;
  #unsentBytes = 0;

  constructor(nowMs: number) {
    this.#activeAtMs = nowMs;
  }

  /** @param byteLength how many bytes have arrived; {@link EVENT_BYTES} for a whole frame or message */
  addBytes(byteLength: number): void {
    this.#bytes += byteLength;
  }

  /**
   * @param timeoutMs 0: no limit
   * @param outgoing while reading from a peer is paused, the bytes that it takes count as its activity
   */
  sweep(
    nowMs: number,
    timeoutMs: number,
    outgoing: { readonly paused: boolean; readonly unsentBytes: number },
  ): IdleAction {
    const { paused, unsentBytes } = outgoing;
    const takes = paused && unsentBytes < this.#unsentBytes;
    this.#unsentBytes = unsentBytes;
    if (this.#bytes >= MIN_BYTES || takes) {
      this.#activeAtMs = nowMs;
      this.#bytes = 0;
      this.#pinged = false;
    }
    if (timeoutMs === 0) return undefined;
    const silentMs = nowMs - this.#activeAtMs;
    if (silentMs >= timeoutMs) return 'close';
    if (silentMs < timeoutMs / 2 || this.#pinged) return undefined;
    this.#pinged = true;
    return 'ping';
  }
}
