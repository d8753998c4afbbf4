import { findArrayLiteral, parseArrayLiteral } from './hex-array.ts';
import { readHexDigits } from './hex-digits.ts';
import type { HexResult } from './hex-problem.ts';
import { looksLikeRows, parseHexRows } from './hex-rows.ts';
import { findStringLiteral, parseStringLiteral } from './hex-string.ts';

export type { HexProblem, HexResult } from './hex-problem.ts';

/**
 * Reads bytes in any form that people paste: hex with or without spaces, commas, colons, `0x` or `\x`; an array or a
 * string from a program; rows of `hexdump -C`, `xxd`, `od` or Wireshark, without their offsets and text columns.
 *
 * Within `[…]` or `{…}` a number without `0x` is decimal, as in programming languages. Takes linear time.
 *
 * @returns bytes that the caller owns; none for an empty text
 */
export function parseHex(text: string): HexResult {
  const string = findStringLiteral(text);
  if (string !== undefined) return parseStringLiteral(text, string);
  const array = findArrayLiteral(text);
  if (array !== undefined) return parseArrayLiteral(text, array);
  if (looksLikeRows(text)) return parseHexRows(text);
  const [start, end] = insideOfBuffer(text) ?? [0, text.length];
  return readHexDigits(text.slice(start, end), start);
}

const BUFFER_OPENING = '<Buffer ';

/** The range of the digits in `<Buffer 81 85>`, as Node prints it. */
function insideOfBuffer(text: string): readonly [number, number] | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith(BUFFER_OPENING) || !trimmed.endsWith('>')) return undefined;
  return [text.indexOf(BUFFER_OPENING) + BUFFER_OPENING.length, text.lastIndexOf('>')];
}
