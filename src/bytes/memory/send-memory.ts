import { FreshMemory } from './fresh-memory.ts';
import type { Memory } from './memory.ts';

/** In bytes. The block fits in the processor's cache, so its frames are still there when the system reads them. */
const BLOCK_LENGTH = 64 * 1024;

/** In bytes. A longer array gets its own memory. */
const MAX_BYTES_IN_BLOCK = BLOCK_LENGTH / 4;

/**
 * Memory for frames to send. Frames taken in a row are neighbors, so that the answers to one read go out in one write. When
 * all of them are sent, the next ones start again at the beginning of the block.
 */
export class SendMemory implements Memory {
  readonly #others: Memory;
  #buffer = new ArrayBuffer(0);
  #length = 0;
  #taken = 0;
  // How many of the taken bytes are not done yet.
  #unsent = 0;

  /** @param others gets the calls for bytes that are not in this block: long payloads are sent without a copy */
  constructor(others: Memory = new FreshMemory()) {
    this.#others = others;
  }

  take(byteLength: number): Uint8Array<ArrayBuffer> {
    if (byteLength > MAX_BYTES_IN_BLOCK) return new Uint8Array(byteLength);
    if (byteLength > this.#length - this.#taken) {
      this.#buffer = new ArrayBuffer(BLOCK_LENGTH);
      this.#length = BLOCK_LENGTH;
      this.#taken = 0;
      this.#unsent = 0;
    }
    const start = this.#taken;
    this.#taken += byteLength;
    this.#unsent += byteLength;
    return new Uint8Array(this.#buffer, start, byteLength);
  }

  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    // A longer array is not in the block. (Reading `buffer` takes longer than `length`.)
    if (bytes.length > MAX_BYTES_IN_BLOCK || bytes.buffer !== this.#buffer) return this.#others.keep(bytes);
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
