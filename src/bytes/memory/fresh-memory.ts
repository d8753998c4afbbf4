import type { Memory } from './memory.ts';

/**
 * Memory that is never used again. Cuts small arrays out of a longer one: to allocate an array costs more than to fill in
 * a small frame. Each array is its taker's alone; but the whole block stays in memory until the last of its arrays is gone.
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
   * Takes the next bytes: two arrays taken in a row lie in a row, if the block has room for both.
   *
   * @param byteLength from a quarter of the block on, the array gets memory of its own
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

  /** Nothing here is overwritten. @returns the same bytes */
  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    return bytes as Uint8Array<ArrayBuffer>;
  }

  done(): void {}
}
