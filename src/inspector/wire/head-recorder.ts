import { findEndOfHead } from '../../protocol/handshake/head/end-of-head.ts';
import { BoundedBytes } from '../frame/bounded-bytes.ts';
import { MAX_SHOWN_BYTES } from '../frame/frame-dump.ts';

/** Joins chunks to the head that a direction begins with, its empty line included. RFC 6455 §4, RFC 9112 §2.1. */
export class HeadRecorder {
  readonly #arrived = new BoundedBytes(MAX_SHOWN_BYTES);

  /**
   * Takes the next bytes, and looks only at these for the end.
   *
   * @returns undefined while the head is not whole; else the head, and how many bytes of the chunk
   *   belong to it. A head that never ends is given up, as it is, when there is too much of it
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

  /** How many bytes of the head have come, while it is not whole. */
  get heldBytes(): number {
    return this.#arrived.length;
  }

  /** What there is of a head that did not become whole. */
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
