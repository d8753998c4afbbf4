import { HexDigits } from './hex-digits.ts';
import type { HexProblem } from './hex-problem.ts';
import { HexRows, looksLikeRows, MAX_ROW } from './hex-rows.ts';
import { parseHex } from './parse-hex.ts';

/** In characters: the form of a text is recognized from this much of its beginning. */
const MAX_OPENING = 1024 * 1024;

/** In characters. Strings, arrays and printed Buffers are recognized by their end, so they are read only when complete. */
const MAX_LITERAL = 64 * 1024 * 1024;

/** In bytes: a larger array might not fit into memory. */
const MAX_BYTES = 2 ** 31;

/** Limits of a {@link HexReader}, in characters and in bytes. Beyond them it reports a problem. */
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

/** The reason why a text cannot be read, and where. Line and column count from 1, as in an editor. */
export interface PlacedProblem {
  readonly sentence: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Reads bytes from a text that may be longer than a JavaScript string can be. It accepts the same forms as
 * {@link parseHex}. Of plain digits and rows of a dump it keeps only the bytes.
 *
 * The text arrives in pieces of any length. No piece ends inside a character.
 */
export class HexReader {
  readonly #limits: HexReaderLimits;
  /** Pieces that are read later: when there is enough text to recognize the form, or when the text is complete. */
  #waiting: string[] = [];
  #waitingLength = 0;
  /** Undefined until the form is known. */
  #form: HexDigits | HexRows | 'literal' | undefined;

  constructor(limits: Partial<HexReaderLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Reads the next piece. After a problem, do not push any more. */
  push(text: string): PlacedProblem | undefined {
    if (this.#form !== undefined && this.#form !== 'literal') return this.#read(this.#form, text);
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#form === undefined && this.#waitingLength > this.#limits.maxOpening) return this.#start();
    return this.#form === 'literal' ? this.#checkLiteral() : undefined;
  }

  /** @returns all bytes, owned by the caller, or the problem with the last of them */
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

  /** Recognizes the form of a long text from its beginning. */
  #start(): PlacedProblem | undefined {
    const opening = this.#takeWaiting();
    // Leave out the last line, which might be cut.
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
    return atTheStart(`There are more than ${this.#limits.maxBytes} bytes. Decode them in several parts.`);
  }

  #checkLiteral(): PlacedProblem | undefined {
    const { maxLiteral } = this.#limits;
    if (this.#waitingLength <= maxLiteral) return undefined;
    return atTheStart(
      `This string or array has more than ${maxLiteral} characters, which is too many. Write its bytes as plain hex.`,
    );
  }

  #takeWaiting(): string {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#waitingLength = 0;
    return text;
  }
}

/** Whether a text begins like a string, an array or a Buffer. Plain digits have no bracket. */
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
