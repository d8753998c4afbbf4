/**
 * Masks or unmasks a payload: the same XOR does both. RFC 6455 §5.3.
 *
 * @param payload any number of bytes; not changed
 * @param maskingKey the four bytes as one 32-bit number in network order
 * @param offset position of `payload` within the frame's payload, in bytes
 * @returns a new array of the same length
 */
export function mask(payload: Uint8Array, maskingKey: number, offset = 0): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(payload);
  maskInPlace(result, maskingKey, offset);
  return result;
}

/** In bytes. Below this length, masking whole words is not faster. */
const MIN_WORDS_LENGTH = 16;

/** As {@link mask}, but overwrites `payload`: for bytes that no other code reads. RFC 6455 §5.3. */
export function maskInPlace(payload: Uint8Array, maskingKey: number, offset = 0): void {
  if (payload.length < MIN_WORDS_LENGTH) maskBytes(payload, maskingKey, offset, 0, payload.length);
  else maskLong(payload, maskingKey, offset);
}

/** As the RFC says: octet i of the result is octet i of the payload XOR octet (i mod 4) of the key. */
function maskBytes(payload: Uint8Array, maskingKey: number, offset: number, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    payload[i] = (payload[i] as number) ^ (maskingKey >>> (24 - 8 * ((offset + i) & 3)));
  }
}

/**
 * The same, four bytes at a time: six times as fast for a long payload. A word must start at an address that is a multiple
 * of four, so the bytes before the first word and after the last are masked one by one.
 */
function maskLong(payload: Uint8Array, maskingKey: number, offset: number): void {
  const start = (4 - (payload.byteOffset & 3)) & 3;
  const wordCount = (payload.length - start) >>> 2;
  const end = start + wordCount * 4;
  const words = new Int32Array(payload.buffer, payload.byteOffset + start, wordCount);
  maskBytes(payload, maskingKey, offset, 0, start);
  maskWords(words, keyAsWord(maskingKey, offset + start));
  maskBytes(payload, maskingKey, offset, end, payload.length);
}

function maskWords(words: Int32Array, key: number): void {
  let i = 0;
  for (const end = words.length - 3; i < end; i += 4) {
    words[i] = (words[i] as number) ^ key;
    words[i + 1] = (words[i + 1] as number) ^ key;
    words[i + 2] = (words[i + 2] as number) ^ key;
    words[i + 3] = (words[i + 3] as number) ^ key;
  }
  for (; i < words.length; i++) words[i] = (words[i] as number) ^ key;
}

/** Whether the lowest byte of a number comes first in memory. */
export const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The key as a machine word that can be XORed with the four bytes in memory from payload octet `offset` on. */
export function keyAsWord(maskingKey: number, offset: number): number {
  const key = rotateKey(maskingKey, offset);
  return LITTLE_ENDIAN ? swapBytes(key) : key;
}

/** Rotates the key, so that its first octet is the one for octet `offset` of a payload. */
export function rotateKey(maskingKey: number, offset: number): number {
  const bits = 8 * (offset & 3);
  return (maskingKey << bits) | (maskingKey >>> (32 - bits));
}

function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
