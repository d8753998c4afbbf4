import { ByteList } from '../../bytes/byte-list.ts';
import { endOfCharacter, type HexResult, hexProblem, isSpace, showCharacter } from './hex-problem.ts';

/** Where the elements of an array stand in a text; half-open. */
export interface LiteralRange {
  readonly start: number;
  readonly end: number;
}

/** The elements of `[129, 133]`, `new Uint8Array([0x81, 0x85])` or `uint8_t frame[] = {0x81, 0x85};`. */
export function findArrayLiteral(text: string): LiteralRange | undefined {
  const end = findClosing(text);
  if (end === -1) return undefined;
  const opening = text.lastIndexOf(text.charAt(end) === ']' ? '[' : '{', end);
  if (opening === -1 || !mayStandBefore(text.slice(0, opening))) return undefined;
  return { start: opening + 1, end };
}

const AFTER_CLOSING = ')];,';

/**
 * The first bracket that nothing but brackets, semicolons, commas and white space follows; -1 where there is none.
 *
 * Looked for from the end: a pattern begins anew at each bracket of a text that has many, and takes the square of it.
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
/** In characters: no program writes more before an array, and a pattern that may repeat without end needs one. */
const MAX_DECLARATION = 1000;

/** Whether a text is what a program has before an array; bytes before a bracket are not. */
function mayStandBefore(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DECLARATION) return false;
  return trimmed === '' || (DECLARATION.test(trimmed) && /[=(g-z_$]/i.test(trimmed));
}

const ELEMENT = /(0x[0-9a-f]+|\d+)[uUlL]*/iy;
const COMMA = ','.charCodeAt(0);
/** So much of a number is quoted. */
const MAX_QUOTED_DIGITS = 20;

/** Reads numbers with commas between: decimal, or hex with `0x`; each a byte. */
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
      const sentence = `${showCharacter(text, at)} begins no number: between the brackets write bytes, as in 129 or 0x81.`;
      return hexProblem(sentence, at, endOfCharacter(text, at));
    }
    const value = Number(number);
    if (value > 0xff) {
      const shown = number.length > MAX_QUOTED_DIGITS ? `${number.slice(0, MAX_QUOTED_DIGITS)}…` : number;
      return hexProblem(`${shown} is no byte: a byte is at most 255.`, at, at + element.length);
    }
    list.push(value);
    at += element.length;
  }
  return { bytes: list.bytes };
}
