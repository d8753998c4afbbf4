import { ByteList } from '../../bytes/byte-list.ts';
import {
  digitValue,
  endOfCharacter,
  type HexProblem,
  type HexResult,
  hexProblem,
  isSpace,
  showCharacter,
} from './hex-problem.ts';

/** What may stand between bytes, apart from white space. */
const SEPARATORS = new Set([...',:;._\'"`-'].map((character) => character.charCodeAt(0)));
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;

const isX = (code: number) => code === 0x78 || code === 0x58;

/** Reads the plain hex of a whole text, or of what begins at `offset`: see {@link HexDigits}. */
export function parseHexDigits(text: string, offset = 0): HexResult {
  const digits = new HexDigits(offset);
  const problem = digits.push(text);
  return problem === undefined ? digits.end() : { problem };
}

/**
 * Reads plain hex: digits with or without spaces, commas, colons, `0x` or `\x`.
 *
 * The text comes in pieces that may end anywhere but inside a character. Nothing of it is kept but its bytes.
 */
export class HexDigits {
  readonly #bytes = new ByteList();
  // Where in the whole text the next piece begins.
  #offset: number;
  #line = 1;
  #lineStart = 0;
  // The run of digits that is being read: where it began, the prefix before it, its first digit.
  #runStart = 0;
  #prefix = '';
  #firstDigit = 0;
  #digits = 0;
  #high = 0;

  /** @param offset of the first piece in the text that problems speak of */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** How many bytes have come. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Takes the next piece. After a problem nothing more may come. */
  push(text: string): HexProblem | undefined {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const value = digitValue(code);
      if (value >= 0) {
        this.#takeDigit(code, value, this.#offset + i);
        continue;
      }
      // Most of what is no digit stands between two bytes, and ends nothing.
      if (code === SPACE && this.#digits === 0 && this.#prefix === '') continue;
      const problem = this.#takeOther(code, text, i);
      if (problem !== undefined) return problem;
    }
    this.#offset += text.length;
    return undefined;
  }

  /** @returns all bytes, which are the caller's own, or what is wrong with the last of them */
  end(): HexResult {
    const problem = this.#endRun(this.#offset);
    return problem === undefined ? { bytes: this.#bytes.bytes } : { problem };
  }

  /** Where a problem stands that was found just now; both count from 1, as in an editor. */
  placeOf({ start }: HexProblem): { readonly line: number; readonly column: number } {
    return { line: this.#line, column: start - this.#lineStart + 1 };
  }

  #takeDigit(code: number, value: number, at: number): void {
    if (this.#digits === 0) {
      this.#firstDigit = code;
      if (this.#prefix === '') this.#runStart = at;
    }
    this.#digits++;
    if (this.#digits % 2 === 1) this.#high = value;
    else this.#bytes.push((this.#high << 4) | value);
  }

  /** A character that is no digit: part of a prefix, or the end of a run. */
  #takeOther(code: number, text: string, i: number): HexProblem | undefined {
    const at = this.#offset + i;
    if (isX(code) && this.#endsPrefix()) {
      this.#prefix += String.fromCharCode(code);
      this.#digits = 0;
      return undefined;
    }
    const problem = this.#endRun(at);
    if (problem !== undefined) return problem;
    if (code === BACKSLASH) {
      this.#runStart = at;
      this.#prefix = '\\';
      return undefined;
    }
    if (code === LINE_FEED) {
      this.#line++;
      this.#lineStart = at + 1;
    }
    if (isSpace(code) || SEPARATORS.has(code)) return undefined;
    const end = this.#offset + endOfCharacter(text, i);
    return noDigit(showCharacter(text, i), at, end);
  }

  /** Whether an `x` after what stands here makes it `0x` or `\x`. */
  #endsPrefix(): boolean {
    if (this.#prefix === '\\') return this.#digits === 0;
    if (this.#prefix !== '' || this.#digits !== 1 || this.#high !== 0) return false;
    this.#prefix = String.fromCharCode(this.#firstDigit);
    return true;
  }

  #endRun(end: number): HexProblem | undefined {
    const [prefix, digits, start] = [this.#prefix, this.#digits, this.#runStart];
    this.#prefix = '';
    this.#digits = 0;
    if (digits === 0) {
      if (prefix === '') return undefined;
      return prefix === '\\' ? noDigit('"\\"', start, start + 1) : nothingAfter(prefix, start);
    }
    if (prefix === '\\') return noDigit('"\\"', start, start + 1);
    if (digits % 2 === 0) return undefined;
    if (prefix === '' || digits > 1) return oddDigits(digits, String.fromCharCode(this.#firstDigit), start, end);
    this.#bytes.push(this.#high);
    return undefined;
  }
}

function nothingAfter(prefix: string, start: number): HexProblem {
  const sentence = `After ${prefix} no hex digit follows: write two, as in ${prefix}81.`;
  return hexProblem(sentence, start, start + prefix.length).problem;
}

/** @param character as a sentence shows it */
function noDigit(character: string, start: number, end: number): HexProblem {
  return hexProblem(`${character} is no hex digit: use 0 to 9 and a to f, two for a byte.`, start, end).problem;
}

function oddDigits(digits: number, first: string, start: number, end: number): HexProblem {
  const sentence =
    digits === 1
      ? `"${first}" is half a byte: write two digits, as in 0${first}.`
      : `${digits} digits stand in a row, and a byte has two: one is missing, or one too many.`;
  return hexProblem(sentence, start, end).problem;
}
