import type { LiteralRange } from './hex-array.ts';
import { endOfCharacter, hexProblem, type ParsedBytes, showCharacter } from './hex-problem.ts';

const LITERAL = /^\s*(?:b|u8)?(["'`])(.*)\1[\s;,]*$/s;

/** The inside of `b'\x81\x857\xfa'` or `"\x81\x05Hello"`: a string of a program, in which a byte is escaped. */
export function findStringLiteral(text: string): LiteralRange | undefined {
  const [, quote = '', inside = ''] = LITERAL.exec(text) ?? [];
  if (!inside.includes('\\')) return undefined;
  const start = text.indexOf(quote) + 1;
  return { start, end: start + inside.length };
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

/** Reads a string as its program would: `\x81` is a byte, and so is every ASCII character. */
export function parseStringLiteral(text: string, { start, end }: LiteralRange): ParsedBytes {
  const values: number[] = [];
  let at = start;
  while (at < end) {
    const character = text.charAt(at);
    if (character === '\\') {
      ESCAPE.lastIndex = at;
      const [whole, hex, short = ''] = ESCAPE.exec(text) ?? [];
      if (whole === undefined) {
        return hexProblem('This escape names no byte: write \\x and two hex digits, as in \\x81.', at, at + 2);
      }
      values.push(hex === undefined ? (SHORT_ESCAPES[short] ?? short.charCodeAt(0)) : Number.parseInt(hex, 16));
      at += whole.length;
      continue;
    }
    if (character < ' ' || character > '~') {
      const sentence = `${showCharacter(text, at)} is not ASCII: write its bytes with \\x and two hex digits each.`;
      return hexProblem(sentence, at, endOfCharacter(text, at));
    }
    values.push(character.charCodeAt(0));
    at++;
  }
  return { values };
}
