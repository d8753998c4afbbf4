import { ByteList } from '../../bytes/byte-list.ts';
import type { LiteralRange } from './hex-array.ts';
import { endOfCharacter, type HexResult, hexProblem, isSpace, showCharacter } from './hex-problem.ts';

const OPENING = /^\s*(?:b|u8)?(["'`])/;

/** Finds the inside of `b'\x81\x857\xfa'` or `"\x81\x05Hello"`: a string in a program with at least one escape. */
export function findStringLiteral(text: string): LiteralRange | undefined {
  const [opening, quote] = OPENING.exec(text) ?? [];
  if (opening === undefined) return undefined;
  let end = text.length - 1;
  while (end >= opening.length && mayFollow(text, end)) end--;
  if (end < opening.length || text.charAt(end) !== quote) return undefined;
  const firstEscape = text.indexOf('\\', opening.length);
  return firstEscape === -1 || firstEscape >= end ? undefined : { start: opening.length, end };
}

/** Whether the character at an index is allowed after a string in a program. */
function mayFollow(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character === ';' || character === ',' || isSpace(character.charCodeAt(0));
}

const ESCAPE = /\\(?:x([0-9a-f]{2})|([\\'"`abfnrtv0]))/iy;
const SHORT_ESCAPES: Readonly<Record<string, number>> = {
  '0': 0x00,
  a: 0x07,
  b: 0x08,
  t: 0x09,
  n: 0x0a,
  v: 0x0b,
  f: 0x0c,
  r: 0x0d,
};

/** Reads a string as a program does: `\x81` is one byte, and so is every ASCII character. */
export function parseStringLiteral(text: string, { start, end }: LiteralRange): HexResult {
  const list = new ByteList();
  let at = start;
  while (at < end) {
    const character = text.charAt(at);
    if (character === '\\') {
      ESCAPE.lastIndex = at;
      const [whole, hex, short = ''] = ESCAPE.exec(text) ?? [];
      if (whole === undefined) {
        return hexProblem('This escape is not a byte. Write \\x and two hex digits, as in \\x81.', at, at + 2);
      }
      list.push(hex === undefined ? (SHORT_ESCAPES[short] ?? short.charCodeAt(0)) : Number.parseInt(hex, 16));
      at += whole.length;
      continue;
    }
    if (character < ' ' || character > '~') {
      const sentence = `${showCharacter(text, at)} is not ASCII. Write each of its bytes as \\x and two hex digits.`;
      return hexProblem(sentence, at, endOfCharacter(text, at));
    }
    list.push(character.charCodeAt(0));
    at++;
  }
  return { bytes: list.bytes };
}
