/** Where random bytes come from. */
export interface RandomBytes {
  bytes(length: number): Uint8Array;
}

/** Bytes that nobody can predict, as a real connection needs them. */
const UNPREDICTABLE: RandomBytes = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };

/**
 * Draws a masking-key, as a client does for each frame. RFC 6455 §5.3.
 *
 * @param random for an exercise, which must draw the same key again from the same seed
 */
export function drawMaskingKey(random = UNPREDICTABLE): number {
  const { buffer, byteOffset } = random.bytes(4);
  return new DataView(buffer, byteOffset).getUint32(0);
}
