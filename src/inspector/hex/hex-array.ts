import { ByteList } from '../../bytes/byte-list.ts';
import { endOfCharacter, type HexResult, hexProblem, isSpace, showCharacter } from './hex-problem.ts';

/** The range of an array's elements, or of a string's characters, in a text; half-open. */
export interface LiteralRange {
  readonly start: number;
  readonly end: number;
}

/** Finds the elements of `[129, 133]`, `new Uint8Array([0x81, 0x85])` or `uint8_t frame[] = {0x81, 0x85};`. */
export function findArrayLiteral(text: string): LiteralRange | undefined {
  const end = findClosing(text);
  if (end === -1) return undefined;
  const opening = text.lastIndexOf(text.charAt(end) === ']' ? '[' : '{', end);
  if (opening === -1 || !mayStandBefore(text.slice(0, opening))) return undefined;
  return { start: opening + 1, end };
}

const AFTER_CLOSING = ')];,';

/**
 * Finds the first bracket after which there are only brackets, semicolons, commas and white space.
 *
 * It searches from the end. A pattern would start again at each bracket, and take quadratic time on a text with many.
 *
 * @returns -1 if there is none
 */
function findClosing(text: string): number {
  let closing = -1;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text.charAt(at);
    if (character === ']' || character === '}') closing = at;
    if (!AFTER_CLOSING.includes(character) && !isSpace(character.charCodeAt(0))) break;
  }
  return closing;
}

// Names, an assignment, and the lengths of `Uint8Array(11) [` or `data[11] = {`.
const DECLARATION = /^(?:[\s=(:*]|[A-Za-z_$][\w$.]*(?![\w$.])|\(\d*\)|\[\d*\])*$/;
/** In characters. Bounds the time of the pattern; no program writes more than this before an array. */
const MAX_DECLARATION = 1000;

/** Whether a text is a declaration, as before an array in a program, and not bytes. */
function mayStandBefore(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DECLARATION) return false;
  return trimmed === '' || (DECLARATION.test(trimmed) && /[=(g-z_$]/i.test(trimmed));
}

const ELEMENT = /(0x[0-9a-f]+|\d+)[uUlL]*/iy;
const COMMA = ','.charCodeAt(0);
/** A longer number is cut in a sentence. */
const MAX_QUOTED_DIGITS = 20;

/** Reads numbers separated by commas, decimal or hex with `0x`. Each is one byte. */
export function parseArrayLiteral(text: string, { start, end }: LiteralRange): HexResult {
  const list = new ByteList();
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === COMMA || isSpace(code)) {
      at++;
      continue;
    }
    ELEMENT.lastIndex = at;
    const [element, number = ''] = ELEMENT.exec(text) ?? [];
    if (element === undefined) {
      const sentence = `${showCharacter(text, at)} is not part of a number. Write each byte in the brackets as 129 or 0x81.`;
      return hexProblem(sentence, at, endOfCharacter(text, at));
    }
    const value = Number(number);
    if (value > 0xff) {
      const shown = number.length > MAX_QUOTED_DIGITS ? `${number.slice(0, MAX_QUOTED_DIGITS)}…` : number;
      return hexProblem(`${shown} is too large: a byte is at most 255.`, at, at + element.length);
    }
    list.push(value);
    at += element.length;
  }
  return { bytes: list.bytes };
}
