import { keyAsWord, LITTLE_ENDIAN, rotateKey } from './masking.ts';

/** In bytes. In a shorter chunk, unmasking whole words is not faster. */
export const MIN_WORDS_LENGTH = 32;

/** A buffer's bytes as words of four, without the last bytes that do not fill a word. */
export function wordsOf(buffer: ArrayBufferLike): Int32Array {
  // The bit masks below are right only if the lowest byte of a number comes first in memory.
  return LITTLE_ENDIAN ? new Int32Array(buffer, 0, buffer.byteLength >>> 2) : NO_WORDS;
}

export const NO_WORDS: Int32Array = new Int32Array(0);

/**
 * Unmasks the bytes from `start` to `end` in place, four at a time. RFC 6455 §5.3. Also reports whether the result is all
 * ASCII, as most text is. That costs little, because every byte is visited anyway.
 *
 * @param words {@link wordsOf} the bytes' buffer, or {@link NO_WORDS}
 * @param offset position of `start` within the frame's payload
 * @returns 0 if the whole result is ASCII
 */
export function unmaskPart(
  bytes: Uint8Array,
  start: number,
  end: number,
  words: Int32Array,
  maskingKey: number,
  offset: number,
): number {
  const { byteOffset } = bytes;
  const endOfWords = words.length * 4 - byteOffset;
  if (end <= endOfWords) return unmaskWords(words, byteOffset + start, byteOffset + end, maskingKey, offset);
  const cut = Math.max(start, endOfWords);
  const notAscii = unmaskBytes(bytes, cut, end, maskingKey, offset + cut - start);
  return unmaskWords(words, byteOffset + start, byteOffset + cut, maskingKey, offset) | notAscii;
}

/**
 * The same, byte by byte. As the RFC says: octet i of the result is octet i of the payload XOR octet (i mod 4) of the key.
 */
export function unmaskBytes(bytes: Uint8Array, start: number, end: number, maskingKey: number, offset: number): number {
  let key = rotateKey(maskingKey, offset);
  let ored = 0;
  for (let i = start; i < end; i++) {
    const octet = (bytes[i] as number) ^ (key >>> 24);
    bytes[i] = octet;
    ored |= octet;
    key = rotateKey(key, 1);
  }
  return ored & 0x80;
}

/** The highest bit of each of a word's four bytes: 0 in ASCII. */
const NOT_ASCII = 0x80808080;

/**
 * The same, four bytes at a time. A word must start at an address that is a multiple of four, so the first and the last
 * word may contain bytes outside the payload. Those are XORed with 0, which does not change them.
 *
 * @param start where the payload starts in the buffer, in bytes
 */
function unmaskWords(words: Int32Array, start: number, end: number, maskingKey: number, offset: number): number {
  if (start >= end) return 0;
  const key = keyAsWord(maskingKey, offset - start);
  const first = start >>> 2;
  const last = end >>> 2;
  const firstBits = -1 << (8 * (start & 3));
  const lastBits = ~(-1 << (8 * (end & 3)));
  if (first === last) return unmaskWord(words, first, key, firstBits & lastBits) & NOT_ASCII;
  let ored = unmaskWord(words, first, key, firstBits) | unmaskWholeWords(words, first + 1, last, key);
  if (lastBits !== 0) ored |= unmaskWord(words, last, key, lastBits);
  return ored & NOT_ASCII;
}

function unmaskWord(words: Int32Array, i: number, key: number, bits: number): number {
  const word = (words[i] as number) ^ (key & bits);
  words[i] = word;
  return word & bits;
}

function unmaskWholeWords(words: Int32Array, start: number, end: number, key: number): number {
  let ored = 0;
  let i = start;
  for (; i + 3 < end; i += 4) {
    const a = (words[i] as number) ^ key;
    const b = (words[i + 1] as number) ^ key;
    const c = (words[i + 2] as number) ^ key;
    const d = (words[i + 3] as number) ^ key;
    words[i] = a;
    words[i + 1] = b;
    words[i + 2] = c;
    words[i + 3] = d;
    ored |= a | b | c | d;
  }
  for (; i < end; i++) ored |= unmaskWord(words, i, key, -1);
  return ored;
}
