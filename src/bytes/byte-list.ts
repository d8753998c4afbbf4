/** In bytes. */
const MIN_LENGTH = 64;

/** A list to which bytes are added one by one. Its array doubles when it is full. */
export class ByteList {
  #bytes = new Uint8Array(MIN_LENGTH);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length++] = byte;
  }

  /** Adds a copy of the bytes from `start` to `end` of this list. */
  repeat(start: number, end: number): void {
    const needed = this.#length + end - start;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#bytes.copyWithin(this.#length, start, end);
    this.#length = needed;
  }

  /** All bytes: a view, valid until more are added. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
