import { FreshMemory } from './fresh-memory.ts';
import type { Memory } from './memory.ts';

/** In bytes. It fits the processor's cache, and so do the frames in it, when the system reads them. */
const ROOM_LENGTH = 64 * 1024;

/** A longer array has memory of its own. */
const MAX_IN_ROOM = ROOM_LENGTH / 4;

/**
 * Memory for frames on their way out: they lie in a row, so that those of one read go out in one write. Once all of them
 * are sent, the next begin again at the start.
 */
export class SendMemory implements Memory {
  readonly #others: Memory;
  #buffer = new ArrayBuffer(0);
  #length = 0;
  #taken = 0;
  // How much of that is not done yet.
  #unsent = 0;

  /** @param others is told of all bytes that do not lie here: long payloads are sent from where they lie */
  constructor(others: Memory = new FreshMemory()) {
    this.#others = others;
  }

  take(byteLength: number): Uint8Array<ArrayBuffer> {
    if (byteLength > MAX_IN_ROOM) return new Uint8Array(byteLength);
    if (byteLength > this.#length - this.#taken) {
      this.#buffer = new ArrayBuffer(ROOM_LENGTH);
      this.#length = ROOM_LENGTH;
      this.#taken = 0;
      this.#unsent = 0;
    }
    const start = this.#taken;
    this.#taken += byteLength;
    this.#unsent += byteLength;
    return new Uint8Array(this.#buffer, start, byteLength);
  }

  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    // A longer array lies elsewhere. (Its buffer takes longer to look up than its length.)
    if (bytes.length > MAX_IN_ROOM || bytes.buffer !== this.#buffer) return this.#others.keep(bytes);
    this.#unsent += bytes.length;
    return bytes as Uint8Array<ArrayBuffer>;
  }

  done(bytes: Uint8Array): void {
    if (bytes.buffer !== this.#buffer) {
      this.#others.done(bytes);
      return;
    }
    this.#unsent -= bytes.length;
    if (this.#unsent === 0) this.#taken = 0;
  }
}
