/**
 * Masks or unmasks a payload: the same XOR does both. RFC 6455 §5.3.
 *
 * @param payload any number of bytes; left as it is
 * @param maskingKey the four bytes as one 32-bit number in network order
 * @param offset position of `payload` within the frame's payload, in bytes
 * @returns a new array of the same length
 */
export function mask(payload: Uint8Array, maskingKey: number, offset = 0): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(payload);
  maskInPlace(result, maskingKey, offset);
  return result;
}

/** Under this many bytes, whole words are not worth looking for. */
const WORTH_WORDS = 16;

/** As {@link mask}, but writes over `payload`: for bytes that nobody else reads. RFC 6455 §5.3. */
export function maskInPlace(payload: Uint8Array, maskingKey: number, offset = 0): void {
  if (payload.length < WORTH_WORDS) maskBytes(payload, maskingKey, offset, 0, payload.length);
  else maskLong(payload, maskingKey, offset);
}

/** The RFC's own words: octet i of the result is octet i of the payload XOR octet (i mod 4) of the key. */
function maskBytes(payload: Uint8Array, maskingKey: number, offset: number, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    payload[i] = (payload[i] as number) ^ (maskingKey >>> (24 - 8 * ((offset + i) & 3)));
  }
}

/**
 * The same, four bytes at a time: six times as fast on a long payload. A word can only be read
 * where its address is a multiple of four, so the bytes before the first such place and after the
 * last are masked one by one.
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

/** Whether a number's lowest byte is the first in memory. */
export const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The key as a machine word whose bytes in memory are those that `offset` lines up with. */
export function keyAsWord(maskingKey: number, offset: number): number {
  const key = turnKey(maskingKey, offset);
  return LITTLE_ENDIAN ? swapBytes(key) : key;
}

/** The key whose first octet is the one for octet `offset` of a payload. */
export function turnKey(maskingKey: number, offset: number): number {
  const bits = 8 * (offset & 3);
  return (maskingKey << bits) | (maskingKey >>> (32 - bits));
}

function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
