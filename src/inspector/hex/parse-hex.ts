import { findArrayLiteral, parseArrayLiteral } from './hex-array.ts';
import { parseHexDigits } from './hex-digits.ts';
import type { HexResult } from './hex-problem.ts';
import { looksLikeRows, parseHexRows } from './hex-rows.ts';
import { findStringLiteral, parseStringLiteral } from './hex-string.ts';

export type { HexProblem, HexResult } from './hex-problem.ts';

/**
 * Reads bytes from what people paste: hex with or without spaces, commas, colons, `0x` or `\x`;
 * an array or a string from a program; rows of `hexdump -C`, `xxd`, `od` or Wireshark, whose
 * offsets and text columns are left out.
 *
 * Within `[…]` or `{…}` a number without `0x` is decimal, as it is in the languages that write so.
 * Takes time in proportion to the text, whatever it is.
 *
 * @returns bytes of the caller's own; no bytes for a text that holds none
 */
export function parseHex(text: string): HexResult {
  const string = findStringLiteral(text);
  if (string !== undefined) return parseStringLiteral(text, string);
  const array = findArrayLiteral(text);
  if (array !== undefined) return parseArrayLiteral(text, array);
  if (looksLikeRows(text)) return parseHexRows(text);
  const [start, end] = insideOfBuffer(text) ?? [0, text.length];
  return parseHexDigits(text.slice(start, end), start);
}

const BUFFER_OPENING = '<Buffer ';

/** Where the digits of `<Buffer 81 85>` stand, as Node prints it. */
function insideOfBuffer(text: string): readonly [number, number] | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith(BUFFER_OPENING) || !trimmed.endsWith('>')) return undefined;
  return [text.indexOf(BUFFER_OPENING) + BUFFER_OPENING.length, text.lastIndexOf('>')];
}
