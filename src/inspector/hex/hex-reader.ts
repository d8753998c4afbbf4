import { HexDigits } from './hex-digits.ts';
import type { HexProblem } from './hex-problem.ts';
import { HexRows, looksLikeRows, MAX_ROW } from './hex-rows.ts';
import { parseHex } from './parse-hex.ts';

/** In characters: by so much of its beginning the form of a text is told. */
const MAX_OPENING = 1024 * 1024;

/** In characters. A string, an array and what Node prints of a Buffer are read when they are whole: their end tells what they are. */
const MAX_LITERAL = 64 * 1024 * 1024;

/** In bytes: an array of more may not fit into memory. */
const MAX_BYTES = 2 ** 31;

/** How much text and how many bytes a {@link HexReader} takes; beyond that it reports a problem. In characters, and in bytes. */
export interface HexReaderLimits {
  readonly maxOpening: number;
  readonly maxLiteral: number;
  readonly maxRow: number;
  readonly maxBytes: number;
}

const DEFAULT_LIMITS: HexReaderLimits = {
  maxOpening: MAX_OPENING,
  maxLiteral: MAX_LITERAL,
  maxRow: MAX_ROW,
  maxBytes: MAX_BYTES,
};

/** Why a text is not bytes, and where; line and column count from 1, as in an editor. */
export interface PlacedProblem {
  readonly sentence: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Reads bytes from a text that may be longer than a string can be. It takes the same forms as {@link parseHex}; of plain
 * digits and of the rows of a dump it keeps nothing but their bytes.
 *
 * The text comes in pieces of any length, none of which ends inside a character.
 */
export class HexReader {
  readonly #limits: HexReaderLimits;
  /** Pieces that are read when there are enough of them, or all. */
  #waiting: string[] = [];
  #waitingLength = 0;
  /** Undefined while the form is not known. */
  #form: HexDigits | HexRows | 'literal' | undefined;

  constructor(limits: Partial<HexReaderLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Takes the next piece. After a problem nothing more may come. */
  push(text: string): PlacedProblem | undefined {
    if (this.#form !== undefined && this.#form !== 'literal') return this.#read(this.#form, text);
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#form === undefined && this.#waitingLength > this.#limits.maxOpening) return this.#start();
    return this.#form === 'literal' ? this.#checkLiteral() : undefined;
  }

  /** @returns all bytes, which are the caller's own, or what is wrong with the last of them */
  end(): { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: PlacedProblem } {
    const form = this.#form;
    if (form === undefined || form === 'literal') {
      const text = this.#takeWaiting();
      const result = parseHex(text);
      return 'bytes' in result ? result : { problem: placeIn(text, result.problem) };
    }
    const result = form.end();
    return 'bytes' in result ? result : { problem: placed(form, result.problem) };
  }

  /** Tells the form by the beginning of a long text. */
  #start(): PlacedProblem | undefined {
    const opening = this.#takeWaiting();
    // The last line may be cut.
    if (looksLikeRows(opening.slice(0, opening.lastIndexOf('\n') + 1) || opening))
      this.#form = new HexRows(this.#limits.maxRow);
    else if (mayBeLiteral(opening)) {
      this.#form = 'literal';
      this.#waiting = [opening];
      this.#waitingLength = opening.length;
      return this.#checkLiteral();
    } else this.#form = new HexDigits();
    return this.#read(this.#form, opening);
  }

  #read(form: HexDigits | HexRows, text: string): PlacedProblem | undefined {
    const problem = form.push(text);
    if (problem !== undefined) return placed(form, problem);
    if (form.length <= this.#limits.maxBytes) return undefined;
    return atTheStart(`There are more than ${this.#limits.maxBytes} bytes: decode them in several parts.`);
  }

  #checkLiteral(): PlacedProblem | undefined {
    const { maxLiteral } = this.#limits;
    if (this.#waitingLength <= maxLiteral) return undefined;
    return atTheStart(
      `This is no plain hex, and has more than ${maxLiteral} characters, the longest string or array that is read: give its bytes as hex digits.`,
    );
  }

  #takeWaiting(): string {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#waitingLength = 0;
    return text;
  }
}

/** Whether a text begins as a string, an array or a Buffer does: plain digits have no bracket. */
function mayBeLiteral(opening: string): boolean {
  return /^\s*(?:b|u8)?["'`]/.test(opening) || /[[{<]/.test(opening);
}

function placed(form: HexDigits | HexRows, problem: HexProblem): PlacedProblem {
  return { sentence: problem.sentence, ...form.placeOf(problem) };
}

/** Where in a text a problem stands, as an editor counts. */
export function placeIn(text: string, { sentence, start }: HexProblem): PlacedProblem {
  let line = 1;
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < start; end = text.indexOf('\n', lineStart)) {
    line++;
    lineStart = end + 1;
  }
  return { sentence, line, column: start - lineStart + 1 };
}

function atTheStart(sentence: string): PlacedProblem {
  return { sentence, line: 1, column: 1 };
}
