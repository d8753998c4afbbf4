import { bytesOfHex } from '../bytes/hex.ts';
import { FreshMemory } from '../bytes/memory/fresh-memory.ts';

const CHUNK = 8192;
const heads = new FreshMemory();

/**
 * Decodes bytes to the characters of the same numbers (ISO 8859-1), as HTTP heads are read. RFC 9110 §5.5.
 *
 * Not `TextDecoder('latin1')`: by the web's Encoding Standard that is Windows-1252, where byte 80 is the euro sign.
 *
 * @param end where to stop in `bytes`
 */
export function decodeLatin1(bytes: Uint8Array, end = bytes.length): string {
  let text = '';
  // In pieces, because an engine limits how many arguments one call may have.
  for (let start = 0; start < end; start += CHUNK) {
    // Passed as an array: spreading the bytes into arguments takes eight times as long.
    const piece = bytes.subarray(start, Math.min(start + CHUNK, end)) as unknown as number[];
    text += String.fromCharCode.apply(null, piece);
  }
  return text;
}

/** Encodes characters U+0000 to U+00FF, which the caller has checked, to the bytes of the same numbers. */
export function encodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = heads.take(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Reads hex as text, one character for each byte: see {@link bytesOfHex}. */
export function textOfHex(hex: string): string {
  return decodeLatin1(bytesOfHex(hex));
}
