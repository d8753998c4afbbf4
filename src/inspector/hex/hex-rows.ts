import { ByteList } from '../../bytes/byte-list.ts';
import { type HexProblem, type HexResult, hexProblem } from './hex-problem.ts';
import { type HexRow, parseHexRow, readRowBytes } from './hex-row.ts';

/** For all repeated rows of a text together. Without a limit, a few characters could repeat a row endlessly. */
const MAX_REPEATED_BYTES = 16 * 1024 * 1024;
/** In characters. A row is read when it is complete; no tool writes a longer one. */
export const MAX_ROW = 64 * 1024 * 1024;

/** Whether a text looks like the output of `hexdump -C`, `xxd`, `od -A x -t x1` or Wireshark: each row begins with an offset. */
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

// Offsets of hexdump and od can have seven or six digits; whole bytes at the beginning rarely do.
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
 * Reads the rows of a hex dump, which may arrive in pieces of any length. The first row may have any offset, and the
 * others must continue from it. A row with only `*` repeats the row before it, as `hexdump` writes it.
 */
export class HexRows {
  readonly #bytes = new ByteList();
  // The pieces of a line that has not ended yet, and its start.
  #cut: string[] = [];
  #cutLength = 0;
  #lineStart = 0;
  #line = 1;
  /** Waits for the next row, whose offset shows how wide this one is. */
  #row: HexRow | undefined;
  #base: number | undefined;
  #width: number | undefined;
  // The index of the last row's first byte.
  #lastStart = 0;
  #repeats = false;
  #repeatedBytes = 0;
  #place = { line: 1, start: 0 };
  readonly #maxRow: number;

  /** @param maxRow limit for one row, in characters */
  constructor(maxRow = MAX_ROW) {
    this.#maxRow = maxRow;
  }

  /** How many bytes have been read. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Reads the next piece. After a problem, do not push any more. */
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
    const sentence = `This row has more than ${this.#maxRow} characters. Break it into rows, or remove its offset.`;
    return hexProblem(sentence, this.#lineStart, this.#lineStart + this.#cutLength).problem;
  }

  /** @returns all bytes, owned by the caller, or the problem with the last of them */
  end(): HexResult {
    const problem = this.#takeLine('') ?? this.#takeRow(undefined);
    return problem === undefined ? { bytes: this.#bytes.bytes } : { problem };
  }

  /** The place of a problem that was just returned. Both count from 1, as in an editor. */
  placeOf({ start }: HexProblem): { readonly line: number; readonly column: number } {
    return { line: this.#place.line, column: start - this.#place.start + 1 };
  }

  /** @param end the last piece of the line */
  #takeLine(end: string): HexProblem | undefined {
    const line = this.#cut.length === 0 ? end : this.#cut.join('') + end;
    const start = this.#lineStart;
    const row = parseHexRow(line, start, this.#line);
    if (row === undefined) {
      this.#place = { line: this.#line, start };
      const sentence =
        'This line has no offset, but the lines before it have one. It is incomplete, or not part of this dump.';
      return hexProblem(sentence, start, start + line.length).problem;
    }
    this.#cut = [];
    this.#cutLength = 0;
    this.#line++;
    this.#lineStart += line.length + 1;
    return row === 'empty' ? undefined : this.#takeRow(row);
  }

  /** Reads the row that was waiting for this one, or for the end. */
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
      return hexProblem('There are no bytes after the offset. Write them in hex.', row.offsetEnd, row.end).problem;
    }
    return undefined;
  }

  /** @returns false if the repeated rows are too many bytes */
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

/** `hexdump` without -C prints two bytes as one number in the byte order of the machine. Most machines swap them. */
function hasSwappedWords({ rest, colon, offsetDigits }: HexRow): boolean {
  return !colon && offsetDigits === 7 && /^\s+[0-9a-f]{4}(\s|$)/i.test(rest);
}

function swapped(row: HexRow): HexProblem {
  const sentence = 'hexdump without -C swaps the bytes of each pair. Paste the output of hexdump -C.';
  return hexProblem(sentence, row.offsetEnd, row.end).problem;
}

function wrongOffset(row: HexRow, expected: number): HexProblem {
  const [says, is] = [row.offset, expected].map((offset) => offset.toString(16));
  const sentence = `This row starts at offset ${says} (hex), but the rows before it end at ${is}. A row is missing or incomplete.`;
  return hexProblem(sentence, row.start, row.offsetEnd).problem;
}

function tooLong(row: HexRow): HexProblem {
  const sentence = `The repeated rows are more than ${MAX_REPEATED_BYTES} bytes. Paste less at once.`;
  return hexProblem(sentence, row.start, row.offsetEnd).problem;
}
