import type { ByteList } from '../../bytes/byte-list.ts';
import { digitValue, isSpace } from './hex-problem.ts';

/** One row of a hex dump: `00000010: 4d51 58  MQX`. */
export interface HexRow {
  /** Where its parts stand in the whole text. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  readonly offset: number;
  readonly offsetDigits: number;
  readonly offsetEnd: number;
  readonly colon: boolean;
  /** What follows the offset: the bytes, and perhaps a column with their text. */
  readonly rest: string;
}

const ROW = /^([ \t]*(?:0x)?([0-9a-f]{4,16})(:?))(?=\s|$)(.*)$/i;

/**
 * Reads one line of a hex dump.
 *
 * @param start where it stands in the whole text
 * @returns `repeat` for `*`, `empty` for white space, undefined for a line that is no row
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

/** The widest row of the tools that write no colon, in bytes. */
const WIDEST_ROW = 16;

/**
 * Adds the bytes of a row to a list: groups of digits up to the text column. A bar begins that column, or three spaces;
 * after an offset with a colon, as `xxd` writes it, two.
 *
 * @param width how many bytes the row has at most
 */
export function readRowBytes({ rest, colon }: HexRow, into: ByteList, width?: number): void {
  const end = into.length + (width ?? (colon ? Number.POSITIVE_INFINITY : WIDEST_ROW));
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

/** Where a group of whole bytes ends that starts at an index; -1 where none does. */
function endOfGroup(rest: string, start: number): number {
  let end = start;
  while (end < rest.length && digitValue(rest.charCodeAt(end)) >= 0) end++;
  const isWhole = end === rest.length || isSpace(rest.charCodeAt(end));
  return end > start && (end - start) % 2 === 0 && isWhole ? end : -1;
}
