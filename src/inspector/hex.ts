export { type HexProblem, parseHex } from './parse-hex.ts';

/** Every byte's two digits: looking them up is several times as fast as formatting them. */
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as hex: two lower-case digits a byte and nothing between. */
export function formatHex(bytes: Uint8Array): string {
  let hex = '';
  for (let i = 0; i < bytes.length; i++) hex += DIGITS[bytes[i] as number];
  return hex;
}

/** One byte as two lower-case hex digits. */
export function formatHexByte(byte: number): string {
  return DIGITS[byte] as string;
}
