import { findArrayLiteral, parseArrayLiteral } from './hex-array.ts';
import { endOfCharacter, type HexResult, hexProblem, type ParsedBytes, showCharacter } from './hex-problem.ts';
import { looksLikeRows, parseHexRows } from './hex-rows.ts';
import { findStringLiteral, parseStringLiteral } from './hex-string.ts';

export type { HexProblem, HexResult } from './hex-problem.ts';

/**
 * Reads bytes from what people paste: hex with or without spaces, commas, colons, `0x` or `\x`;
 * an array or a string from a program; rows of `hexdump -C`, `xxd`, `od` or Wireshark, whose
 * offsets and text columns are left out.
 *
 * Within `[…]` or `{…}` a number without `0x` is decimal, as it is in the languages that write so.
 *
 * @returns bytes of the caller's own; no bytes for a text that holds none
 */
export function parseHex(text: string): HexResult {
  const parsed = parseAny(text);
  return 'problem' in parsed ? parsed : { bytes: Uint8Array.from(parsed.values) };
}

function parseAny(text: string): ParsedBytes {
  const string = findStringLiteral(text);
  if (string !== undefined) return parseStringLiteral(text, string);
  const array = findArrayLiteral(text);
  if (array !== undefined) return parseArrayLiteral(text, array);
  if (looksLikeRows(text)) return parseHexRows(text);
  const nodeBuffer = /^\s*<Buffer (.*)>\s*$/s.exec(text);
  const [start, end] = nodeBuffer ? [text.indexOf('<Buffer ') + 8, text.lastIndexOf('>')] : [0, text.length];
  return parseDigits(text, start, end);
}

const SEPARATOR = /[\s,:;._'"`-]/;
const PREFIX = /0x|\\x/iy;
const DIGITS = /[0-9a-f]+/iy;

function parseDigits(text: string, from: number, to: number): ParsedBytes {
  const values: number[] = [];
  let at = from;
  while (at < to) {
    if (SEPARATOR.test(text.charAt(at))) {
      at++;
      continue;
    }
    const prefix = matchAt(PREFIX, text, at);
    const digits = matchAt(DIGITS, text, at + prefix.length);
    if (digits === '') return noDigits(text, at, prefix);
    const end = at + prefix.length + digits.length;
    if (digits.length % 2 === 1 && !(prefix !== '' && digits.length === 1)) return oddDigits(digits, at, end);
    // No array of all pairs: ten megabytes may be pasted.
    for (let i = 0; i < digits.length; i += 2) values.push(Number.parseInt(digits.slice(i, i + 2), 16));
    at = end;
  }
  return { values };
}

function noDigits(text: string, at: number, prefix: string): ParsedBytes {
  if (prefix !== '') {
    return hexProblem(`After ${prefix} no hex digit follows: write two, as in ${prefix}81.`, at, at + prefix.length);
  }
  const character = showCharacter(text, at);
  return hexProblem(
    `${character} is no hex digit: use 0 to 9 and a to f, two for a byte.`,
    at,
    endOfCharacter(text, at),
  );
}

function oddDigits(digits: string, start: number, end: number): ParsedBytes {
  const sentence =
    digits.length === 1
      ? `"${digits}" is half a byte: write two digits, as in 0${digits}.`
      : `${digits.length} digits stand in a row, and a byte has two: one is missing, or one too many.`;
  return hexProblem(sentence, start, end);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
