/** Every byte's two digits: looking them up is several times as fast as formatting them. */
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The same as pairs of ASCII characters, each pair in one 16-bit number. */
const PAIRS = new Uint16Array(new TextEncoder().encode(DIGITS.join('')).slice().buffer);

/** In bytes. From this length on, writing the characters into an array first is faster than joining texts. */
const MIN_ARRAY_BYTES = 64;

/** Writes bytes as hex: two lowercase digits for each byte, and nothing between. */
export function formatHex(bytes: Uint8Array): string {
  if (bytes.length >= MIN_ARRAY_BYTES) return formatLongHex(bytes);
  let hex = '';
  for (let i = 0; i < bytes.length; i++) hex += DIGITS[bytes[i] as number];
  return hex;
}

const ascii = new TextDecoder();

function formatLongHex(bytes: Uint8Array): string {
  const pairs = new Uint16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) pairs[i] = PAIRS[bytes[i] as number] as number;
  return ascii.decode(new Uint8Array(pairs.buffer));
}

/** Writes one byte as two lowercase hex digits. */
export function formatHexByte(byte: number): string {
  return DIGITS[byte] as string;
}

/**
 * Reads hex that the project wrote itself, or that was checked before: two lowercase digits for each byte, and nothing
 * between. For hex that people type or paste there is `parseHex` in src/inspector.
 */
export function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (digitAt(hex, 2 * i) << 4) | digitAt(hex, 2 * i + 1);
  return bytes;
}

/** The value of a digit: "0" is 48, "a" is 97. */
function digitAt(hex: string, at: number): number {
  const digit = hex.charCodeAt(at);
  return digit < 97 ? digit - 48 : digit - 87;
}
