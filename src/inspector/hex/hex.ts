import { decodeLatin1 } from '../../protocol/handshake/head/latin1.ts';
import { encodeText } from '../../protocol/utf8.ts';

/** Every byte's two digits: looking them up is several times as fast as formatting them. */
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The same as pairs of ASCII characters, each pair in one 16-bit number. */
const PAIRS = new Uint16Array(encodeText(DIGITS.join('')).slice().buffer);

/** From so many bytes on, writing the characters into an array first is faster than joining texts. */
const WORTH_ARRAY = 64;

/** Bytes as hex: two lower-case digits a byte and nothing between. */
export function formatHex(bytes: Uint8Array): string {
  if (bytes.length >= WORTH_ARRAY) return formatLongHex(bytes);
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

/** One byte as two lower-case hex digits. */
export function formatHexByte(byte: number): string {
  return DIGITS[byte] as string;
}

/** As {@link bytesOfHex}, as text: a character a byte. */
export function textOfHex(hex: string): string {
  return decodeLatin1(bytesOfHex(hex));
}

/** The bytes of hex that the project wrote itself: two digits a byte, and nothing between. */
export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
