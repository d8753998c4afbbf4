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

/** The characters allowed between bytes, in addition to white space. */
const SEPARATORS = new Set([...',:;._\'"`-'].map((character) => character.charCodeAt(0)));
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;

const isX = (code: number) => code === 0x78 || code === 0x58;

/** The offset at the beginning of a dump's row: before a colon, or with leading zeros before pairs of digits. */
const OFFSET =
  /^\s*((?:0x)?[0-9a-f]{4,16}(?=:\s)|000[0-9a-f]{1,13}(?=[ \t]{2})|000[0-9a-f]{3,4}(?=[ \t][0-9a-f]{2}(?:\s|$)))/i;

/**
 * Reads the plain hex of a field that takes nothing else, see {@link HexDigits}. It refuses a row of a dump: its offset
 * would be read as bytes. `parseHex` reads dumps.
 */
export function parseHexDigits(text: string): HexResult {
  const offset = OFFSET.exec(text);
  if (offset === null) return readHexDigits(text);
  const [before, digits = ''] = offset;
  const sentence = `"${digits}" looks like the offset of a hex dump. Paste only the bytes of the row.`;
  return hexProblem(sentence, before.length - digits.length, before.length);
}

/** Reads plain hex, see {@link HexDigits}. @param offset of the text within the whole text that problems refer to */
export function readHexDigits(text: string, offset = 0): HexResult {
  const digits = new HexDigits(offset);
  const problem = digits.push(text);
  return problem === undefined ? digits.end() : { problem };
}

/**
 * Reads plain hex: digits with or without spaces, commas, colons, `0x` or `\x`.
 *
 * The text may arrive in pieces. A piece may end anywhere except inside a character. Only the bytes are kept.
 */
export class HexDigits {
  readonly #bytes = new ByteList();
  // The index of the next piece in the whole text.
  #offset: number;
  #line = 1;
  #lineStart = 0;
  // The current run of digits: its start, the prefix before it, its first digit.
  #runStart = 0;
  #prefix = '';
  #firstDigit = 0;
  #digits = 0;
  #high = 0;

  /** @param offset of the first piece in the text that problems refer to */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** How many bytes have been read. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Reads the next piece. After a problem, do not push any more. */
  push(text: string): HexProblem | undefined {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const value = digitValue(code);
      if (value >= 0) {
        this.#takeDigit(code, value, this.#offset + i);
        continue;
      }
      // The most common case: a space between two bytes, which ends nothing.
      if (code === SPACE && this.#digits === 0 && this.#prefix === '') continue;
      const problem = this.#takeOther(code, text, i);
      if (problem !== undefined) return problem;
    }
    this.#offset += text.length;
    return undefined;
  }

  /** @returns all bytes, owned by the caller, or the problem with the last of them */
  end(): HexResult {
    const problem = this.#endRun(this.#offset);
    return problem === undefined ? { bytes: this.#bytes.bytes } : { problem };
  }

  /** The place of a problem that was just returned. Both count from 1, as in an editor. */
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

  /** Handles a character that is not a digit: part of a prefix, or the end of a run. */
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

  /** Whether an `x` at this point completes `0x` or `\x`. */
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
  const sentence = `There is no hex digit after ${prefix}. Write two, as in ${prefix}81.`;
  return hexProblem(sentence, start, start + prefix.length).problem;
}

/** @param character as shown in a sentence */
function noDigit(character: string, start: number, end: number): HexProblem {
  return hexProblem(`${character} is not a hex digit. Use 0 to 9 and a to f, two for each byte.`, start, end).problem;
}

function oddDigits(digits: number, first: string, start: number, end: number): HexProblem {
  const sentence =
    digits === 1
      ? `"${first}" is only half a byte. Write two digits, as in 0${first}.`
      : `There are ${digits} digits in a row, but each byte has two.`;
  return hexProblem(sentence, start, end).problem;
}
