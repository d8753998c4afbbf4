const MIN_CAPACITY = 64 * 1024;

/** The bytes of a file that arrives in pieces: read from the front, and kept only until they are read. */
export class FileBytes {
  #bytes = new Uint8Array(MIN_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #start = 0;
  #end = 0;
  #offset = 0;

  /** The offset in the file of the next byte. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes wait to be read. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** @param piece copied */
  push(piece: Uint8Array): void {
    const waiting = this.length;
    if (this.#end + piece.length > this.#bytes.length) {
      const before = this.#bytes;
      const start = this.#start;
      if (waiting + piece.length > before.length) {
        this.#bytes = new Uint8Array(Math.max(2 * before.length, waiting + piece.length));
        this.#view = new DataView(this.#bytes.buffer);
      }
      this.#bytes.set(before.subarray(start, start + waiting));
      this.#start = 0;
      this.#end = waiting;
    }
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** @param at counts from the next byte; all four bytes must be there */
  u32(at: number, littleEndian: boolean): number {
    return this.#view.getUint32(this.#start + at, littleEndian);
  }

  u16(at: number, littleEndian: boolean): number {
    return this.#view.getUint16(this.#start + at, littleEndian);
  }

  /** The bytes from `start` to `end`, counted from the next byte: a view, valid until the next push. */
  peek(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(this.#start + start, this.#start + end);
  }

  skip(count: number): void {
    this.#start += count;
    this.#offset += count;
  }
}
