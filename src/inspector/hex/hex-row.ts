import type { ByteList } from '../../bytes/byte-list.ts';
import { digitValue, isSpace } from './hex-problem.ts';

/** One row of a hex dump: `00000010: 4d51 58  MQX`. */
export interface HexRow {
  /** Indices of its parts in the whole text. */
  readonly start: number;
  readonly end: number;
  /** Counts from 1. */
  readonly line: number;
  readonly offset: number;
  readonly offsetDigits: number;
  readonly offsetEnd: number;
  readonly colon: boolean;
  /** The text after the offset: the bytes, and perhaps a column with their characters. */
  readonly rest: string;
}

const ROW = /^([ \t]*(?:0x)?([0-9a-f]{4,16})(:?))(?=\s|$)(.*)$/i;

/**
 * Reads one line of a hex dump.
 *
 * @param start index of the line in the whole text
 * @returns `repeat` for `*`, `empty` for white space, undefined for any other line that is not a row
 */
export function parseHexRow(text: string, start: number, line: number): HexRow | 'repeat' | 'empty' | undefined {
  const row = text.trimEnd();
  if (row === '') return 'empty';
  if (row.endsWith('*') && row.trimStart() === '*') return 'repeat';
  const [, opening = '', digits, colon, rest = ''] = ROW.exec(row) ?? [];
  if (digits === undefined) return undefined;
  return {
    start,
    end: start + row.length,
    line,
    offset: Number.parseInt(digits, 16),
    offsetDigits: digits.length,
    offsetEnd: start + opening.length,
    colon: colon === ':',
    rest,
  };
}

/** In bytes: the widest row of the tools that write no colon. */
const MAX_ROW_BYTES = 16;

/**
 * Adds the bytes of a row to a list: groups of digits up to the text column. That column begins with a bar, or after
 * three spaces; in rows with a colon, as `xxd` writes them, after two.
 *
 * @param width the row has at most this many bytes
 */
export function readRowBytes({ rest, colon }: HexRow, into: ByteList, width?: number): void {
  const end = into.length + (width ?? (colon ? Number.POSITIVE_INFINITY : MAX_ROW_BYTES));
  const widestGap = colon ? 2 : 3;
  let before = 0;
  let at = 0;
  while (into.length < end) {
    const gapStart = at;
    while (at < rest.length && isSpace(rest.charCodeAt(at))) at++;
    const groupEnd = endOfGroup(rest, at);
    if (groupEnd === -1 || (before > 0 && at - gapStart >= widestGap)) return;
    for (; at < groupEnd && into.length < end; at += 2) {
      into.push((digitValue(rest.charCodeAt(at)) << 4) | digitValue(rest.charCodeAt(at + 1)));
    }
    before++;
  }
}

/** The end of the group of whole bytes that starts at an index; -1 if none starts there. */
function endOfGroup(rest: string, start: number): number {
  let end = start;
  while (end < rest.length && digitValue(rest.charCodeAt(end)) >= 0) end++;
  const isWhole = end === rest.length || isSpace(rest.charCodeAt(end));
  return end > start && (end - start) % 2 === 0 && isWhole ? end : -1;
}
