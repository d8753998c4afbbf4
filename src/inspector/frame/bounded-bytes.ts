/** Joins bytes up to a limit, and drops the rest. */
export class BoundedBytes {
  readonly #bound: number;
  #bytes = new Uint8Array(0);
  #length = 0;

  constructor(bound: number) {
    this.#bound = bound;
  }

  get length(): number {
    return this.#length;
  }

  get full(): boolean {
    return this.#length === this.#bound;
  }

  /** @param piece copied, as far as the limit allows */
  append(piece: Uint8Array): void {
    const fitting = piece.subarray(0, this.#bound - this.#length);
    const needed = this.#length + fitting.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.min(this.#bound, Math.max(needed, 2 * this.#bytes.length)));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(fitting, this.#length);
    this.#length = needed;
  }

  /** A view, valid until the next {@link append} or {@link clear}. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Drops all bytes, and frees their memory. */
  clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
  }
}
