import { hexProblem, type ParsedBytes } from './hex-problem.ts';

/** One row of a hex dump: `00000010: 4d51 58  MQX`. */
interface Row {
  /** Where its parts stand in the whole text. */
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  readonly offsetDigits: number;
  readonly offsetEnd: number;
  readonly colon: boolean;
  /** What follows the offset: the bytes, and perhaps a column with their text. */
  readonly rest: string;
}

const ROW = /^([ \t]*(?:0x)?([0-9a-f]{4,16})(:?))(?=\s|$)(.*)$/i;
const MOST_BYTES = 16 * 1024 * 1024;

/** Whether a text has the form of `hexdump -C`, `xxd`, `od -A x -t x1` or Wireshark: an offset begins each row. */
export function looksLikeRows(text: string): boolean {
  const lines = [...rowsOf(text)];
  const rows = lines.filter((line) => line !== 'repeat');
  const [first, second] = rows;
  if (first === undefined || rows.includes(undefined) || first.rest === '') return false;
  if (rows.every((row) => row?.colon)) return true;
  if (second === undefined) return first.offset === 0 && (/^\s{2}/.test(first.rest) || isOddWidth(first));
  const step = second.offset - first.offset;
  const count = bytesOf(first, step).length;
  return count === step || (lines.includes('repeat') && count > 0 && step % count === 0);
}

// Bytes in hex have an even number of digits, offsets of hexdump and od may have seven or six.
function isOddWidth({ offsetDigits }: Row): boolean {
  return offsetDigits === 6 || offsetDigits === 7;
}

/**
 * Reads the rows of a hex dump. The first may have any offset; the others must go on from it. A row
 * with nothing but `*` stands for repetitions of the row before, as `hexdump` writes them.
 */
export function parseHexRows(text: string): ParsedBytes {
  const values: number[] = [];
  const rows = [...rowsOf(text)];
  let base: number | undefined;
  let width: number | undefined;
  let last: number[] = [];
  let repeat = false;
  for (const [index, row] of rows.entries()) {
    if (row === 'repeat') repeat = true;
    if (row === 'repeat' || row === undefined) continue;
    base ??= row.offset;
    if (repeat && last.length > 0) {
      if (row.offset - base > MOST_BYTES) return tooLong(row);
      while (values.length + last.length <= row.offset - base) values.push(...last);
      repeat = false;
    }
    if (row.offset - base !== values.length) return wrongOffset(row, base + values.length);
    const next = rows[index + 1];
    if (next !== undefined && next !== 'repeat') width = Math.max(1, next.offset - row.offset);
    if (hasSwappedWords(row)) return swapped(row);
    last = bytesOf(row, width);
    if (last.length === 0 && row.rest.trim() !== '') {
      return hexProblem('After the offset stand no bytes: write them in hex.', row.offsetEnd, row.end);
    }
    values.push(...last);
  }
  return { values };
}

/** Every line that is not empty: a row, `repeat` for `*`, undefined for what is neither. */
function* rowsOf(text: string): Generator<Row | 'repeat' | undefined> {
  let start = 0;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '*') yield 'repeat';
    else if (trimmed !== '') yield rowOf(line.trimEnd(), start);
    start += line.length + 1;
  }
}

function rowOf(line: string, start: number): Row | undefined {
  const [, opening = '', digits, colon, rest = ''] = ROW.exec(line) ?? [];
  if (digits === undefined) return undefined;
  return {
    start,
    end: start + line.length,
    offset: Number.parseInt(digits, 16),
    offsetDigits: digits.length,
    offsetEnd: start + opening.length,
    colon: colon === ':',
    rest,
  };
}

/** The widest row of the tools that write no colon, in bytes. */
const WIDEST_ROW = 16;

/**
 * The bytes of a row: groups of digits up to the text column. A bar begins that column, or three
 * spaces; after an offset with a colon, as `xxd` writes it, two.
 */
function bytesOf({ rest, colon }: Row, width = colon ? Number.POSITIVE_INFINITY : WIDEST_ROW): number[] {
  const bytes: number[] = [];
  for (const [, gap = '', group = ''] of rest.matchAll(/(\s*)(\S+)/g)) {
    const afterBytes = bytes.length > 0 && gap.length >= (colon ? 2 : 3);
    if (bytes.length >= width || afterBytes || !/^(?:[0-9a-f]{2})+$/i.test(group)) break;
    for (const pair of group.match(/../g) ?? []) bytes.push(Number.parseInt(pair, 16));
  }
  return bytes.slice(0, Math.max(0, width));
}

/** `hexdump` without -C writes two bytes as one number in the machine's order, which swaps them on most machines. */
function hasSwappedWords({ rest, colon, offsetDigits }: Row): boolean {
  return !colon && offsetDigits === 7 && /^\s+[0-9a-f]{4}(\s|$)/i.test(rest);
}

function swapped(row: Row): ParsedBytes {
  const sentence = 'hexdump without -C writes the bytes of each pair in swapped order: paste what hexdump -C writes.';
  return hexProblem(sentence, row.offsetEnd, row.end);
}

function wrongOffset(row: Row, expected: number): ParsedBytes {
  const [says, is] = [row.offset, expected].map((offset) => offset.toString(16));
  const sentence = `This row says that it starts at ${says} (hex), but the rows before end at ${is}: a row is missing or incomplete.`;
  return hexProblem(sentence, row.start, row.offsetEnd);
}

function tooLong(row: Row): ParsedBytes {
  const sentence = `The repeated rows stand for more than ${MOST_BYTES} bytes: paste less at once.`;
  return hexProblem(sentence, row.start, row.offsetEnd);
}
