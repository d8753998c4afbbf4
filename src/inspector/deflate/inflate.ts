import { BitReader, OutOfBits } from './bit-reader.ts';
import type { DeflateBlock, DeflateCode } from './deflate-block.ts';
import { HuffmanCode } from './huffman.ts';
import { InflatedBytes, type SeenWindow, TooLong } from './inflated-bytes.ts';

export interface InflateOptions {
  /**
   * What came out before, of which a match can copy: the last 32,768 bytes are enough. Bytes that are copied from a part that
   * was not seen are not known.
   */
  readonly window?: Uint8Array | SeenWindow;
  /** Stops once more than this has come out. */
  readonly maxOutputBytes?: number;
  /** How many blocks are kept, from the first on. */
  readonly maxBlocks?: number;
  /** How many codes of each block are kept, from the first on. */
  readonly maxCodes?: number;
}

export interface Inflated {
  /** The first ones, up to a limit. */
  readonly blocks: readonly DeflateBlock[];
  readonly blockCount: number;
  readonly output: Uint8Array<ArrayBuffer>;
  /** The ranges of the output that were copied from a part of the window that was not seen: their bytes are 0 here. */
  readonly unknown: readonly { readonly start: number; readonly end: number }[];
  /**
   * How it ended. `complete`: after a block, with fewer bits left than a block's header has. `cut`: inside a block.
   * `too long`: more came out than the limit. `malformed`: the bits break a rule of RFC 1951; `problem` says which and where.
   */
  readonly ending: 'complete' | 'cut' | 'too long' | 'malformed';
  readonly problem?: { readonly sentence: string; readonly bit: number };
}

const DEFAULT_MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
const DEFAULT_MAX_BLOCKS = 1024;
const DEFAULT_MAX_CODES = 1024;

/**
 * Inflates a compressed message and tells how it was made: its blocks, their codes, and which bytes each match copies. RFC 1951.
 * Slower than zlib, and sees what zlib does not show.
 *
 * @param bytes a message's payload, unmasked, with the `00 00 ff ff` behind it that its sender has cut off. RFC 7692 §7.2.2
 */
export function inflate(bytes: Uint8Array, options: InflateOptions = {}): Inflated {
  return new Inflater(bytes, options).run();
}

class Malformed extends Error {
  readonly bit: number;
  constructor(sentence: string, bit: number) {
    super(sentence);
    this.bit = bit;
  }
}

class Inflater {
  readonly #bits: BitReader;
  readonly #output: InflatedBytes;
  readonly #maxBlocks: number;
  readonly #maxCodes: number;
  readonly #blocks: DeflateBlock[] = [];
  #blockCount = 0;
  // Of the block that is being read.
  #block = { final: false, kind: 'stored' as DeflateBlock['kind'], startBit: 0, bodyBit: 0, outputStart: 0 };
  #codes: DeflateCode[] = [];
  #codeCount = 0;

  constructor(bytes: Uint8Array, options: InflateOptions) {
    this.#bits = new BitReader(bytes);
    this.#output = new InflatedBytes(
      options.window ?? new Uint8Array(0),
      options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES,
    );
    this.#maxBlocks = options.maxBlocks ?? DEFAULT_MAX_BLOCKS;
    this.#maxCodes = options.maxCodes ?? DEFAULT_MAX_CODES;
  }

  run(): Inflated {
    let ending: Inflated['ending'] = 'complete';
    let problem: Inflated['problem'];
    try {
      while (this.#bits.bitsLeft >= BLOCK_HEADER_BITS) this.#readBlock();
    } catch (error) {
      if (error instanceof OutOfBits) ending = 'cut';
      else if (error instanceof TooLong) ending = 'too long';
      else if (error instanceof Malformed) {
        ending = 'malformed';
        problem = { sentence: error.message, bit: error.bit };
      } else throw error;
      this.#endBlock();
    }
    const told = {
      blocks: this.#blocks,
      blockCount: this.#blockCount,
      output: this.#output.bytes,
      unknown: this.#output.unknown,
      ending,
    };
    return problem === undefined ? told : { ...told, problem };
  }

  #readBlock(): void {
    const startBit = this.#bits.bit;
    this.#codes = [];
    this.#codeCount = 0;
    this.#block = { final: false, kind: 'stored', startBit, bodyBit: startBit, outputStart: this.#output.length };
    this.#block.final = this.#bits.readBit() === 1;
    const type = this.#bits.readBits(2);
    if (type === 0) this.#readStored();
    else if (type === 1) this.#readCodes('fixed', FIXED_LITERALS, FIXED_DISTANCES);
    else if (type === 2) this.#readDynamic();
    else throw new Malformed('The block has type 3, which is reserved.', startBit + 1);
    this.#endBlock();
  }

  #endBlock(): void {
    this.#blockCount++;
    if (this.#blocks.length === this.#maxBlocks) return;
    this.#blocks.push({
      ...this.#block,
      endBit: this.#bits.bit,
      outputEnd: this.#output.length,
      codes: this.#codes,
      codeCount: this.#codeCount,
    });
  }

  /** A length, the same once more with every bit turned, and the bytes as they are. RFC 1951 §3.2.4. */
  #readStored(): void {
    const bits = this.#bits;
    bits.alignToByte();
    const lengthBit = bits.bit;
    const length = bits.readBits(16);
    const complement = bits.readBits(16);
    if ((length ^ complement) !== 0xffff) {
      throw new Malformed('The two lengths of the stored block do not fit each other.', lengthBit);
    }
    this.#block.bodyBit = bits.bit;
    const bytes = bits.readBytes(length);
    for (const byte of bytes) this.#output.put(byte);
    if (bytes.length < length) throw new OutOfBits();
  }

  /** The lengths of the codes come first, packed by codes of their own. RFC 1951 §3.2.7. */
  #readDynamic(): void {
    const bits = this.#bits;
    this.#block.kind = 'dynamic';
    const headerBit = bits.bit;
    const literals = bits.readBits(5) + 257;
    const distances = bits.readBits(5) + 1;
    const lengthCodes = bits.readBits(4) + 4;
    if (literals > 286)
      throw new Malformed(`The block has ${literals} codes for bytes and lengths; 286 are possible.`, headerBit);
    if (distances > 30)
      throw new Malformed(`The block has ${distances} codes for distances; 30 are possible.`, headerBit);
    const ofLengths = new Uint8Array(19);
    for (let i = 0; i < lengthCodes; i++) ofLengths[LENGTH_CODE_ORDER[i] ?? 0] = bits.readBits(3);
    const lengths = this.#readLengths(new HuffmanCode(ofLengths), literals + distances);
    if (lengths[END_OF_BLOCK] === 0) throw new Malformed('The block has no code for its own end.', headerBit);
    const literalCode = checked(new HuffmanCode(lengths.subarray(0, literals)), headerBit);
    const distanceCode = checked(new HuffmanCode(lengths.subarray(literals)), headerBit);
    this.#readCodes('dynamic', literalCode, distanceCode);
  }

  #readLengths(code: HuffmanCode, count: number): Uint8Array {
    const bits = this.#bits;
    const lengths = new Uint8Array(count);
    if (code.spare !== 0) throw new Malformed('The codes for the lengths of codes are not complete.', bits.bit);
    for (let i = 0; i < count; ) {
      const startBit = bits.bit;
      const symbol = code.read(bits);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0)
        throw new Malformed('The first length of a code repeats the one before it.', startBit);
      const repeated = symbol === 16 ? (lengths[i - 1] ?? 0) : 0;
      const times = symbol === 16 ? 3 + bits.readBits(2) : symbol === 17 ? 3 + bits.readBits(3) : 11 + bits.readBits(7);
      if (i + times > count) throw new Malformed('The lengths of codes run past their number.', startBit);
      lengths.fill(repeated, i, i + times);
      i += times;
    }
    return lengths;
  }

  #readCodes(kind: 'fixed' | 'dynamic', literals: HuffmanCode, distances: HuffmanCode): void {
    const bits = this.#bits;
    this.#block.kind = kind;
    this.#block.bodyBit = bits.bit;
    for (;;) {
      const startBit = bits.bit;
      const outputStart = this.#output.length;
      const symbol = literals.read(bits);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < 0 || symbol > 285) throw new Malformed('These bits are no code of the block.', startBit);
      if (symbol < END_OF_BLOCK) {
        this.#keepCode({ startBit, endBit: bits.bit, outputStart, literal: symbol });
        this.#output.put(symbol);
        continue;
      }
      const length = (LENGTH_BASES[symbol - 257] ?? 0) + bits.readBits(LENGTH_EXTRA_BITS[symbol - 257] ?? 0);
      const distanceSymbol = distances.read(bits);
      if (distanceSymbol < 0 || distanceSymbol > 29)
        throw new Malformed('These bits are no code for a distance.', startBit);
      const distance = (DISTANCE_BASES[distanceSymbol] ?? 0) + bits.readBits(DISTANCE_EXTRA_BITS[distanceSymbol] ?? 0);
      if (distance > this.#output.reach) {
        const sentence = `The copy reaches ${distance} bytes back, but only ${this.#output.reach} came before it.`;
        throw new Malformed(sentence, startBit);
      }
      this.#keepCode({ startBit, endBit: bits.bit, outputStart, match: { length, distance } });
      this.#output.copy(length, distance);
    }
  }

  #keepCode(code: DeflateCode): void {
    this.#codeCount++;
    if (this.#codes.length < this.#maxCodes) this.#codes.push(code);
  }
}

/** RFC 1951 §3.2.7: no two symbols share a code, and only a code of one symbol, or of none, may be incomplete. */
function checked(code: HuffmanCode, bit: number): HuffmanCode {
  if (code.spare < 0 || (code.spare > 0 && code.size > 1))
    throw new Malformed('The codes of the block do not fit together.', bit);
  return code;
}

/** BFINAL and BTYPE. RFC 1951 §3.2.3. */
const BLOCK_HEADER_BITS = 3;
const END_OF_BLOCK = 256;

/** RFC 1951 §3.2.7. */
const LENGTH_CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** RFC 1951 §3.2.5. */
const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/** RFC 1951 §3.2.6. */
const FIXED_LITERALS = new HuffmanCode(
  Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = new HuffmanCode(new Uint8Array(30).fill(5));
