import { ByteList } from '../../bytes/byte-list.ts';
import { type HexProblem, type HexResult, hexProblem } from './hex-problem.ts';
import { type HexRow, parseHexRow, readRowBytes } from './hex-row.ts';

/** How many bytes all the repeated rows of a text may stand for: a few characters can repeat a row without end. */
const MAX_REPEATED_BYTES = 16 * 1024 * 1024;
/** In characters. A row is read when it is whole, and no tool writes one of that length. */
export const MAX_ROW = 64 * 1024 * 1024;

/** Whether a text has the form of `hexdump -C`, `xxd`, `od -A x -t x1` or Wireshark: an offset begins each row. */
export function looksLikeRows(text: string): boolean {
  let first: HexRow | undefined;
  let second: HexRow | undefined;
  let haveColons = true;
  let haveRepeats = false;
  for (const { text: line, start } of linesOf(text)) {
    const row = parseHexRow(line, start, 0);
    if (row === 'empty') continue;
    if (row === undefined) return false;
    if (row === 'repeat') {
      haveRepeats = true;
      continue;
    }
    haveColons &&= row.colon;
    if (first === undefined) first = row;
    else second ??= row;
  }
  if (first === undefined || first.rest === '') return false;
  if (haveColons) return true;
  if (second === undefined) return first.offset === 0 && (/^\s{2}/.test(first.rest) || isOddWidth(first));
  const step = second.offset - first.offset;
  const list = new ByteList();
  readRowBytes(first, list, Math.max(0, step));
  return list.length === step || (haveRepeats && list.length > 0 && step % list.length === 0);
}

// Bytes in hex have an even number of digits, offsets of hexdump and od may have seven or six.
function isOddWidth({ offsetDigits }: HexRow): boolean {
  return offsetDigits === 6 || offsetDigits === 7;
}

function* linesOf(text: string): Generator<{ readonly text: string; readonly start: number }> {
  for (let start = 0; start <= text.length; ) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed === -1 ? text.length : lineFeed;
    yield { text: text.slice(start, end), start };
    start = end + 1;
  }
}

/** Reads the rows of a whole hex dump: see {@link HexRows}. */
export function parseHexRows(text: string): HexResult {
  const rows = new HexRows();
  const problem = rows.push(text);
  return problem === undefined ? rows.end() : { problem };
}

/**
 * Reads the rows of a hex dump that comes in pieces of any length. The first row may have any offset; the others must go
 * on from it. A row with nothing but `*` stands for repetitions of the row before, as `hexdump` writes them.
 */
export class HexRows {
  readonly #bytes = new ByteList();
  // The pieces of a line that has not ended, and where it began.
  #cut: string[] = [];
  #cutLength = 0;
  #lineStart = 0;
  #line = 1;
  /** Waits for the next, which tells how wide it is. */
  #row: HexRow | undefined;
  #base: number | undefined;
  #width: number | undefined;
  // Where the bytes of the last row begin.
  #lastStart = 0;
  #repeats = false;
  #repeatedBytes = 0;
  #place = { line: 1, start: 0 };
  readonly #maxRow: number;

  /** @param maxRow the longest row to take, in characters */
  constructor(maxRow = MAX_ROW) {
    this.#maxRow = maxRow;
  }

  /** How many bytes have come. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Takes the next piece. After a problem nothing more may come. */
  push(text: string): HexProblem | undefined {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const problem = this.#takeLine(text.slice(start, end));
      if (problem !== undefined) return problem;
      start = end + 1;
    }
    this.#cut.push(start === 0 ? text : text.slice(start));
    this.#cutLength += text.length - start;
    if (this.#cutLength <= this.#maxRow) return undefined;
    this.#place = { line: this.#line, start: this.#lineStart };
    const sentence = `This row has more than ${this.#maxRow} characters: break it, or leave out the offset.`;
    return hexProblem(sentence, this.#lineStart, this.#lineStart + this.#cutLength).problem;
  }

  /** @returns all bytes, which are the caller's own, or what is wrong with the last of them */
  end(): HexResult {
    const problem = this.#takeLine('') ?? this.#takeRow(undefined);
    return problem === undefined ? { bytes: this.#bytes.bytes } : { problem };
  }

  /** Where a problem stands that was found just now; both count from 1, as in an editor. */
  placeOf({ start }: HexProblem): { readonly line: number; readonly column: number } {
    return { line: this.#place.line, column: start - this.#place.start + 1 };
  }

  /** @param end what comes last of the line */
  #takeLine(end: string): HexProblem | undefined {
    const line = this.#cut.length === 0 ? end : this.#cut.join('') + end;
    const start = this.#lineStart;
    const row = parseHexRow(line, start, this.#line);
    if (row === undefined) {
      this.#place = { line: this.#line, start };
      const sentence =
        'No offset begins this line, as one begins the lines before: it is incomplete, or not of this dump.';
      return hexProblem(sentence, start, start + line.length).problem;
    }
    this.#cut = [];
    this.#cutLength = 0;
    this.#line++;
    this.#lineStart += line.length + 1;
    return row === 'empty' ? undefined : this.#takeRow(row);
  }

  /** Reads the row before this one, or before the end. */
  #takeRow(next: HexRow | 'repeat' | undefined): HexProblem | undefined {
    const row = this.#row;
    this.#row = next === 'repeat' ? undefined : next;
    if (row !== undefined) {
      if (next !== undefined && next !== 'repeat') this.#width = Math.max(1, next.offset - row.offset);
      this.#place = { line: row.line, start: row.start };
      const problem = this.#readRow(row);
      if (problem !== undefined) return problem;
    }
    if (next === 'repeat') this.#repeats = true;
    return undefined;
  }

  #readRow(row: HexRow): HexProblem | undefined {
    this.#base ??= row.offset;
    const expected = row.offset - this.#base;
    if (this.#repeats && this.#bytes.length > this.#lastStart && !this.#repeatUpTo(expected)) return tooLong(row);
    if (expected !== this.#bytes.length) return wrongOffset(row, this.#base + this.#bytes.length);
    if (hasSwappedWords(row)) return swapped(row);
    this.#lastStart = this.#bytes.length;
    readRowBytes(row, this.#bytes, this.#width);
    if (this.#bytes.length === this.#lastStart && row.rest.trim() !== '') {
      return hexProblem('After the offset stand no bytes: write them in hex.', row.offsetEnd, row.end).problem;
    }
    return undefined;
  }

  /** @returns whether so many may be repeated */
  #repeatUpTo(length: number): boolean {
    this.#repeats = false;
    this.#repeatedBytes += Math.max(0, length - this.#bytes.length);
    if (this.#repeatedBytes > MAX_REPEATED_BYTES) return false;
    const end = this.#bytes.length;
    const width = end - this.#lastStart;
    while (this.#bytes.length + width <= length) this.#bytes.repeat(this.#lastStart, end);
    return true;
  }
}

/** `hexdump` without -C writes two bytes as one number in the machine's order, which swaps them on most machines. */
function hasSwappedWords({ rest, colon, offsetDigits }: HexRow): boolean {
  return !colon && offsetDigits === 7 && /^\s+[0-9a-f]{4}(\s|$)/i.test(rest);
}

function swapped(row: HexRow): HexProblem {
  const sentence = 'hexdump without -C writes the bytes of each pair in swapped order: paste what hexdump -C writes.';
  return hexProblem(sentence, row.offsetEnd, row.end).problem;
}

function wrongOffset(row: HexRow, expected: number): HexProblem {
  const [says, is] = [row.offset, expected].map((offset) => offset.toString(16));
  const sentence = `This row says that it starts at ${says} (hex), but the rows before end at ${is}: a row is missing or incomplete.`;
  return hexProblem(sentence, row.start, row.offsetEnd).problem;
}

function tooLong(row: HexRow): HexProblem {
  const sentence = `The repeated rows stand for more than ${MAX_REPEATED_BYTES} bytes: paste less at once.`;
  return hexProblem(sentence, row.start, row.offsetEnd).problem;
}
