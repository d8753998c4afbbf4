import type { Field } from '../../inspector/field.ts';
import { type BitRange, bytesRange, overlaps } from './bit-range.ts';
import { fieldAt, type OpenFrame } from './open-frame.ts';

/** Bytes in a row of the RFC's own figure: 32 bits. RFC 6455 §5.2. */
export const ROW_BYTES = 4;

/** The bits of one field within one row. */
export interface BitSegment {
  readonly field: Field;
  /** The field goes on from the row before. */
  readonly continued: boolean;
  readonly bits: readonly Bit[];
}

export interface Bit {
  /** Counted from the frame's first. */
  readonly bit: number;
  readonly value: 0 | 1;
  /** A broken rule speaks of its byte. */
  readonly violated: boolean;
}

export interface BitRow {
  /** Of the row's first byte. */
  readonly offset: number;
  readonly segments: readonly BitSegment[];
}

/** The first bytes of a frame as rows of 32 bits, cut where a field ends. RFC 6455 §5.2. */
export function bitRows(frame: OpenFrame, shownBytes: number): BitRow[] {
  const violated = frame.dump.violations.map(({ start, end }) => bytesRange(start, end));
  const rows: BitRow[] = [];
  for (let offset = 0; offset < shownBytes; offset += ROW_BYTES) {
    const end = Math.min(offset + ROW_BYTES, shownBytes);
    rows.push({ offset, segments: segmentsOf(frame, bytesRange(offset, end), violated) });
  }
  return rows;
}

function segmentsOf(frame: OpenFrame, row: BitRange, violated: readonly BitRange[]): BitSegment[] {
  const segments: { field: Field; continued: boolean; bits: Bit[] }[] = [];
  for (let bit = row.start; bit < row.end; bit++) {
    const field = fieldAt(frame.dump.fields, bit);
    if (segments.at(-1)?.field !== field) segments.push({ field, continued: field.bit < row.start, bits: [] });
    const value = (((frame.bytes[bit >> 3] as number) >> (7 - (bit % 8))) & 1) as 0 | 1;
    const cell = { start: bit, end: bit + 1 };
    segments.at(-1)?.bits.push({ bit, value, violated: violated.some((range) => overlaps(cell, range)) });
  }
  return segments;
}
