import type { Memory } from './memory.ts';

/**
 * Memory that is never reused. It cuts small arrays out of a longer block, because allocating an array costs more than
 * filling it with a small frame. Each array belongs to its caller alone, but the whole block stays in memory until the last
 * of its arrays is garbage.
 */
export class FreshMemory implements Memory {
  readonly #blockLength: number;
  #buffer = new ArrayBuffer(0);
  #length = 0;
  #taken = 0;

  /** @param blockLength in bytes */
  constructor(blockLength = 16 * 1024) {
    this.#blockLength = blockLength;
  }

  /**
   * Takes the next bytes of the block: two arrays taken in a row are neighbors, if the block has room for both.
   *
   * @param byteLength from a quarter of the block on, the array gets its own memory
   * @returns zeros
   */
  take(byteLength: number): Uint8Array<ArrayBuffer> {
    if (byteLength >= this.#blockLength / 4) return new Uint8Array(byteLength);
    if (byteLength > this.#length - this.#taken) {
      this.#buffer = new ArrayBuffer(this.#blockLength);
      this.#length = this.#blockLength;
      this.#taken = 0;
    }
    const start = this.#taken;
    this.#taken += byteLength;
    return new Uint8Array(this.#buffer, start, byteLength);
  }

  /** Nothing here is ever overwritten. @returns the same bytes */
  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    return bytes as Uint8Array<ArrayBuffer>;
  }

  done(): void {}
}
