import { endOfCharacter, hexProblem, type ParsedBytes, showCharacter } from './hex-problem.ts';

/** Where the elements of an array stand in a text; half-open. */
export interface LiteralRange {
  readonly start: number;
  readonly end: number;
}

const CLOSING = /[\]}][\s)\];,]*$/;

/** The elements of `[129, 133]`, `new Uint8Array([0x81, 0x85])` or `uint8_t frame[] = {0x81, 0x85};`. */
export function findArrayLiteral(text: string): LiteralRange | undefined {
  const closing = CLOSING.exec(text);
  if (closing === null) return undefined;
  const opening = text.lastIndexOf(text.charAt(closing.index) === ']' ? '[' : '{', closing.index);
  if (opening === -1 || !mayStandBefore(text.slice(0, opening))) return undefined;
  return { start: opening + 1, end: closing.index };
}

// Names, an assignment, and the lengths of `Uint8Array(11) [` or `data[11] = {`.
const DECLARATION = /^(?:[\s=(:*]|[A-Za-z_$][\w$.]*(?![\w$.])|\(\d*\)|\[\d*\])*$/;

/** Whether a text is what a program has before an array; bytes before a bracket are not. */
function mayStandBefore(text: string): boolean {
  return text.trim() === '' || (DECLARATION.test(text) && /[=(g-z_$]/i.test(text));
}

const ELEMENT = /(0x[0-9a-f]+|\d+)[uUlL]*/iy;

/** Reads numbers with commas between: decimal, or hex with `0x`; each a byte. */
export function parseArrayLiteral(text: string, { start, end }: LiteralRange): ParsedBytes {
  const values: number[] = [];
  let at = start;
  while (at < end) {
    if (/[\s,]/.test(text.charAt(at))) {
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
    if (value > 0xff) return hexProblem(`${number} is no byte: a byte is at most 255.`, at, at + element.length);
    values.push(value);
    at += element.length;
  }
  return { values };
}
