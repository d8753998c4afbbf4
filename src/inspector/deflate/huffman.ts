import type { BitReader } from './bit-reader.ts';

const MAX_CODE_BITS = 15;

/** The codes of one alphabet: which symbol each stands for. RFC 1951 §3.2.2. */
export class HuffmanCode {
  // How many codes there are of each length, and the symbols in the order of their codes.
  readonly #counts = new Uint16Array(MAX_CODE_BITS + 1);
  readonly #symbols: Uint16Array;

  /** @param lengths for each symbol, how many bits its code has; 0: the symbol has none */
  constructor(lengths: Uint8Array) {
    for (const length of lengths) this.#add(length);
    const next = new Uint16Array(MAX_CODE_BITS + 2);
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      next[length + 1] = (next[length] ?? 0) + (this.#counts[length] ?? 0);
    }
    this.#symbols = new Uint16Array(next[MAX_CODE_BITS + 1] ?? 0);
    lengths.forEach((length, symbol) => {
      if (length === 0) return;
      const place = next[length] ?? 0;
      this.#symbols[place] = symbol;
      next[length] = place + 1;
    });
  }

  #add(length: number): void {
    if (length > 0) this.#counts[length] = (this.#counts[length] ?? 0) + 1;
  }

  /**
   * How many codes of the longest length are left over: 0 if every pattern of bits is a code, negative if two symbols
   * would share one. RFC 1951 §3.2.7 allows a code of a single symbol, which leaves one over.
   */
  get spare(): number {
    let left = 1;
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      left = left * 2 - (this.#counts[length] ?? 0);
      if (left < 0) return left;
    }
    return left;
  }

  get size(): number {
    return this.#symbols.length;
  }

  /**
   * Reads one code.
   *
   * @returns its symbol; -1 if no code begins with these bits
   * @throws OutOfBits if the bits end inside it
   */
  read(bits: BitReader): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      code |= bits.readBit();
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#symbols[index + code - first] ?? -1;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return -1;
  }
}
