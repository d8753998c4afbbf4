/**
 * Cuts small arrays out of a longer one: to allocate an array costs more than to fill in a small
 * frame. Nothing is taken twice, so each array is its taker's alone; but the whole block stays in
 * memory until the last of its arrays is gone.
 */
export class Block {
  readonly #blockLength: number;
  #buffer = new ArrayBuffer(0);
  #length = 0;
  #taken = 0;

  /** @param blockLength in bytes */
  constructor(blockLength: number) {
    this.#blockLength = blockLength;
  }

  /**
   * Takes the next bytes: two taken in a row lie in a row, where the block has room for both.
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
}
