/**
 * The bytes that one connection sends at its next flush, in order.
 *
 * Pieces that are neighbors in memory are joined when they are added, without a copy: frames that are encoded one after
 * the other are neighbors. So the ten thousand answers to one read take the memory of one range until the flush, not of ten
 * thousand arrays.
 */
export class Outbox {
  readonly #ranges: Buffer<ArrayBuffer>[];
  // The range that still grows: the piece that it began with, and where it ends in the memory of that piece.
  #first: Uint8Array<ArrayBuffer>;
  #end: number;

  constructor(first: Uint8Array<ArrayBuffer>) {
    this.#ranges = [];
    this.#first = first;
    this.#end = first.byteOffset + first.length;
  }

  add(piece: Uint8Array<ArrayBuffer>): void {
    if (piece.byteOffset === this.#end && piece.buffer === this.#first.buffer) {
      this.#end += piece.length;
      return;
    }
    this.endRange();
    this.#first = piece;
    this.#end = piece.byteOffset + piece.length;
  }

  /**
   * Ends the range that still grows. Call it once, before the bytes are written.
   *
   * @returns all ranges, each as a Buffer, because a socket would convert any other array: a frame for a thousand sockets is
   * converted once
   */
  endRange(): readonly Buffer<ArrayBuffer>[] {
    const first = this.#first;
    const start = first.byteOffset;
    const isWhole = this.#end === start + first.length && Buffer.isBuffer(first);
    this.#ranges.push(isWhole ? (first as Buffer<ArrayBuffer>) : Buffer.from(first.buffer, start, this.#end - start));
    return this.#ranges;
  }
}
