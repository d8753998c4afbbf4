import { findEndOfHead } from '../../protocol/handshake/head/end-of-head.ts';
import { BoundedBytes } from '../frame/bounded-bytes.ts';
import { MAX_SHOWN_BYTES } from '../frame/frame-dump.ts';

/** Joins chunks into the head at the beginning of a direction, including its empty line. RFC 6455 §4, RFC 9112 §2.1. */
export class HeadRecorder {
  readonly #arrived = new BoundedBytes(MAX_SHOWN_BYTES);

  /**
   * Takes the next bytes. It searches only these for the end of the head.
   *
   * @returns undefined while the head is incomplete, then the head and how many bytes of the chunk belong to it. A head that
   *   is too long is returned as it is
   */
  push(chunk: Uint8Array): { readonly head: Uint8Array; readonly taken: number } | undefined {
    const before = this.#arrived.length;
    this.#arrived.append(chunk);
    const end = findEndOfHead(this.#arrived.bytes, before);
    if (end === -1 && !this.#arrived.full) return undefined;
    const head = this.#arrived.bytes.slice(0, end === -1 ? undefined : end);
    this.#arrived.clear();
    return { head, taken: head.length - before };
  }

  /** How many bytes of the incomplete head there are. */
  get heldBytes(): number {
    return this.#arrived.length;
  }

  /** The incomplete head. */
  end(): Uint8Array | undefined {
    return this.#arrived.length === 0 ? undefined : this.#arrived.bytes;
  }
}

/** Whether a response head switches to WebSocket: its status is 101. RFC 6455 §4.2.2. */
export function switchesProtocols(head: Uint8Array): boolean {
  const status = ' 101 ';
  const at = head.indexOf(status.charCodeAt(0));
  return at !== -1 && String.fromCharCode(...head.subarray(at, at + status.length)).trim() === status.trim();
}
