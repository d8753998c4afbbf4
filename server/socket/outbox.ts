/**
 * The bytes that wait for a flush, as ranges of memory. A piece that begins where the last one ends in memory lengthens its
 * range, without a copy: frames that are encoded one after the other are neighbors, so a million small ones are one range.
 */
export class Outbox {
  #ranges: Buffer<ArrayBuffer>[] = [];
  // The range that still grows: its first piece, the memory that it is in, and its ends there.
  #first: Uint8Array<ArrayBuffer> | undefined;
  #memory: ArrayBuffer | undefined;
  #start = 0;
  #end = 0;

  /** @param piece not copied */
  add(piece: Uint8Array<ArrayBuffer>): void {
    if (piece.buffer === this.#memory && piece.byteOffset === this.#end) {
      this.#end += piece.length;
      return;
    }
    if (this.#first !== undefined) this.#ranges.push(this.#range(this.#first));
    this.#first = piece;
    this.#memory = piece.buffer;
    this.#start = piece.byteOffset;
    this.#end = this.#start + piece.length;
  }

  /** All ranges, in order; the outbox is empty afterwards. */
  take(): Buffer<ArrayBuffer>[] {
    const ranges = this.#ranges;
    if (this.#first === undefined) return ranges;
    ranges.push(this.#range(this.#first));
    this.#ranges = [];
    this.#first = undefined;
    this.#memory = undefined;
    return ranges;
  }

  /**
   * The range as a Buffer, because a socket would convert any other array. A piece that is one already and has no neighbor
   * is passed on: a frame for a thousand sockets is converted once.
   */
  #range(first: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> {
    const length = this.#end - this.#start;
    if (length === first.length && Buffer.isBuffer(first)) return first as Buffer<ArrayBuffer>;
    return Buffer.from(first.buffer, this.#start, length);
  }
}
