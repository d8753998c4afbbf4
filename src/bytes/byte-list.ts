const FIRST_LENGTH = 64;

/** Bytes added one by one, in an array that is replaced by one of twice the length when it is full. */
export class ByteList {
  #bytes = new Uint8Array(FIRST_LENGTH);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length++] = byte;
  }

  /** Adds the bytes from `start` to `end` of this list once more. */
  repeat(start: number, end: number): void {
    const needed = this.#length + end - start;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#bytes.copyWithin(this.#length, start, end);
    this.#length = needed;
  }

  /** All of them: a view, good until more are added. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
