import type { ByteList } from '../../bytes/byte-list.ts';
import { encodeText } from '../../text/utf8.ts';
import { endOfCharacter, type HexProblem, hexProblem, showCharacter } from '../hex/hex-problem.ts';
import type { PasteResult } from './pasted.ts';
import { isAllFrames } from './raw-bytes.ts';

/** How the escapes of a string are read. Languages differ, and only the bytes show which one wrote it. */
export interface Escapes {
  /** `\129` is one byte, as in Lua. Else digits after a backslash are octal. */
  readonly isDecimal: boolean;
  /** What a character beyond ASCII is: an error, its bytes in UTF-8 (Go, Ruby, Elixir), or one byte (a binary string of Node). */
  readonly characters: 'none' | 'utf-8' | 'bytes';
  /** For the name of the form. */
  readonly remark: string;
}

/** The readings that are tried. */
export const READINGS = {
  plain: { isDecimal: false, characters: 'none', remark: '' },
  utf8: { isDecimal: false, characters: 'utf-8', remark: ', with characters in UTF-8' },
  bytes: { isDecimal: false, characters: 'bytes', remark: ', with a byte for each character' },
  decimal: { isDecimal: true, characters: 'none', remark: ', with decimal escapes' },
  decimalUtf8: { isDecimal: true, characters: 'utf-8', remark: ', with decimal escapes and characters in UTF-8' },
} as const satisfies Readonly<Record<string, Escapes>>;

const OTHERS: readonly Escapes[] = [READINGS.utf8, READINGS.bytes, READINGS.decimal, READINGS.decimalUtf8];

/**
 * Reads a string in the way in which its bytes make sense. If several ways are possible and differ, the one that gives whole
 * frames, and nothing else, is taken.
 *
 * @param read reads it in one way; undefined if it is not a string at all
 */
export function chooseReading(read: (escapes: Escapes) => PasteResult | undefined): PasteResult | undefined {
  const plain = read(READINGS.plain);
  if (plain === undefined) return undefined;
  const others = OTHERS.map(read).filter((result) => result !== undefined && 'parts' in result);
  const [first] = others;
  if (first === undefined) return plain;
  const ways = 'parts' in plain ? [plain, ...others] : others;
  const [only, ...more] = ways.filter((way, i) => ways.findIndex((other) => isSame(way, other)) === i);
  if (only === undefined || more.length === 0) return only;
  const whole = [only, ...more].filter((way) => 'parts' in way && way.parts.every(({ bytes }) => isAllFrames(bytes)));
  const [chosen] = whole;
  if (whole.length === 1) return chosen;
  if ('problem' in plain) return plain;
  return plain;
}

function isSame(one: PasteResult, other: PasteResult): boolean {
  if (!('parts' in one && 'parts' in other)) return false;
  return one.parts.every(({ bytes }, i) => String(bytes) === String(other.parts[i]?.bytes));
}

const ESCAPE = /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|([0-9]{1,3})|([\\'"`abefnrtv$#])|\r?\n)/iy;
const SHORT_ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 };
const REPLACEMENT = '\ufffd';

/**
 * Reads the string that begins with the quotation mark at `start`.
 *
 * @param isBare whether there is no quotation mark: the string ends with the text
 * @returns the index after its closing mark; undefined if there is none; or the problem in the string
 */
export function readString(
  text: string,
  start: number,
  into: ByteList,
  escapes: Escapes,
  isBare = false,
): number | HexProblem | undefined {
  const quote = isBare ? '' : text.charAt(start);
  let at = isBare ? start : start + 1;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === quote) return at + 1;
    if (character === '\\') {
      const read = readEscape(text, at, into, escapes);
      if (typeof read !== 'number') return read;
      at = read;
      continue;
    }
    if (character >= ' ' && character <= '~') {
      into.push(character.charCodeAt(0));
      at++;
      continue;
    }
    const end = endOfCharacter(text, at);
    if (character === REPLACEMENT) {
      const sentence = 'U+FFFD stands for bytes that were not UTF-8: they are lost. Print the bytes as hex instead.';
      return hexProblem(sentence, at, end).problem;
    }
    const code = text.codePointAt(at) ?? 0;
    if (escapes.characters === 'none' || code < 0x80 || (escapes.characters === 'bytes' && code > 0xff)) {
      const sentence = `${showCharacter(text, at)} is not ASCII. Write each of its bytes as \\x and two hex digits.`;
      return hexProblem(sentence, at, end).problem;
    }
    pushCharacter(code, into, escapes);
    at = end;
  }
  return isBare ? at : undefined;
}

function pushCharacter(code: number, into: ByteList, { characters }: Escapes): void {
  if (characters === 'utf-8') for (const byte of encodeText(String.fromCodePoint(code))) into.push(byte);
  else into.push(code);
}

/** @returns the index after the escape, or the problem */
function readEscape(text: string, at: number, into: ByteList, escapes: Escapes): number | HexProblem {
  ESCAPE.lastIndex = at;
  const [whole, hex, unicode, braced, digits, short] = ESCAPE.exec(text) ?? [];
  // Other languages have names in capitals: \ENQ.
  if (whole === undefined || /[A-Z]/.test(short ?? '')) {
    return hexProblem('This escape is not a byte. Write \\x and two hex digits, as in \\x81.', at, at + 2).problem;
  }
  if (hex !== undefined) into.push(Number.parseInt(hex, 16));
  else if (unicode !== undefined || braced !== undefined) {
    const code = Number.parseInt(unicode ?? braced ?? '', 16);
    if ((escapes.characters !== 'utf-8' && code > 0xff) || code > 0x10ffff)
      return hexProblem('This escape is not a byte. Write \\x and two hex digits, as in \\x81.', at, at + whole.length)
        .problem;
    pushCharacter(code, into, code < 0x80 ? READINGS.bytes : escapes);
  } else if (digits !== undefined) return readDigits(digits, at, into, escapes);
  else if (short !== undefined) into.push(SHORT_ESCAPES[short.toLowerCase()] ?? short.charCodeAt(0));
  return at + whole.length;
}

function readDigits(digits: string, at: number, into: ByteList, { isDecimal }: Escapes): number | HexProblem {
  const [used = ''] = (isDecimal ? /^\d{1,3}/ : /^[0-7]{1,3}/).exec(digits) ?? [];
  const byte = Number.parseInt(used, isDecimal ? 10 : 8);
  if (Number.isNaN(byte) || byte > 0xff) {
    const largest = isDecimal ? 'is \\255' : 'in octal is \\377';
    const sentence = `\\${digits} is too large: the largest byte ${largest}.`;
    return hexProblem(sentence, at, at + 1 + digits.length).problem;
  }
  into.push(byte);
  return at + 1 + used.length;
}
