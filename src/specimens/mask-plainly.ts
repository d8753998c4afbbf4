/**
 * Masks or unmasks a payload as the RFC describes it, one byte at a time. RFC 6455 §5.3.
 *
 * Slow, and simple enough to translate into any language.
 *
 * @param key four bytes
 * @param start how many bytes of the same payload came before these
 * @returns a new array of the same length
 */
export function maskPlainly(payload: Uint8Array, key: Uint8Array, start = 0): Uint8Array {
  const result = new Uint8Array(payload.length);
  for (let i = 0; i < payload.length; i++) {
    const j = (start + i) % 4;
    result[i] = (payload[i] as number) ^ (key[j] as number);
  }
  return result;
}

/** Converts the four bytes of a key to a 32-bit number in network order, as the protocol code uses it. */
export function keyAsNumber(key: Uint8Array): number {
  return key.subarray(0, 4).reduce((number, byte) => number * 256 + byte, 0);
}

/** Converts a 32-bit number to the four bytes of a key. */
export function keyAsBytes(maskingKey: number): Uint8Array {
  return Uint8Array.from([24, 16, 8, 0], (shift) => maskingKey >>> shift);
}
