/** Thrown when the bits end where more are needed: the blocks so far are right, and the stream is cut. */
export class OutOfBits extends Error {}

/** Reads bits from the lowest of each byte on, as DEFLATE packs them. RFC 1951 §3.1.1. */
export class BitReader {
  readonly #bytes: Uint8Array;
  /** The next bit to read, counted from the first byte's lowest. */
  bit = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get bitsLeft(): number {
    return this.#bytes.length * 8 - this.bit;
  }

  /** @throws OutOfBits if there is none */
  readBit(): number {
    const byte = this.#bytes[this.bit >> 3];
    if (byte === undefined) throw new OutOfBits();
    return (byte >> (this.bit++ & 7)) & 1;
  }

  /**
   * Reads a number, its lowest bit first.
   *
   * @param count 0 to 16
   * @throws OutOfBits if there are fewer
   */
  readBits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value |= this.readBit() << i;
    return value;
  }

  /** Skips to the next byte. RFC 1951 §3.2.4. */
  alignToByte(): void {
    this.bit = (this.bit + 7) & ~7;
  }

  /** The next whole bytes, as many as there are up to a count. Stands at a byte's first bit. */
  readBytes(count: number): Uint8Array {
    const start = this.bit >> 3;
    const bytes = this.#bytes.subarray(start, start + count);
    this.bit += bytes.length * 8;
    return bytes;
  }
}
