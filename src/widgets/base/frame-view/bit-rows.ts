import { formatHexByte } from '../../../bytes/hex.ts';
import type { Field } from '../../../inspector/frame/field.ts';
import { type BitRange, byteRange, bytesRange, clip, overlaps } from './bit-range.ts';
import { brokenRanges } from './broken-field.ts';
import { fieldAt, fieldRange, type OpenFrame } from './open-frame.ts';

/** Bytes in a row of the RFC's own figure: 32 bits. RFC 6455 §5.2. */
export const ROW_BYTES = 4;

/** The bits of one field within one row. */
export interface BitSegment {
  readonly field: Field;
  /** The field's name in its first row, `…, continued` in its second, empty in later ones. */
  readonly label: string;
  readonly bits: readonly Bit[];
  /** Shown under the bits: their value as a number, or each byte in hex. */
  readonly values: readonly SegmentValue[];
}

export interface SegmentValue {
  readonly text: string;
  /** The bits above it. */
  readonly range: BitRange;
}

export interface Bit {
  /** Counted from the frame's first bit, which is 0. */
  readonly bit: number;
  readonly value: 0 | 1;
  /** Whether it belongs to the field that breaks a rule. */
  readonly violated: boolean;
}

export interface BitRow {
  /** Of the row's first byte in the frame. */
  readonly offset: number;
  readonly segments: readonly BitSegment[];
}

/** The first bytes of a frame as rows of 32 bits, cut where a field ends. RFC 6455 §5.2. */
export function bitRows(frame: OpenFrame, shownBytes: number): BitRow[] {
  const violated = brokenRanges(frame);
  const rows: BitRow[] = [];
  for (let offset = 0; offset < shownBytes; offset += ROW_BYTES) {
    const end = Math.min(offset + ROW_BYTES, shownBytes);
    rows.push({ offset, segments: segmentsOf(frame, bytesRange(offset, end), violated) });
  }
  return rows;
}

function segmentsOf(frame: OpenFrame, row: BitRange, violated: readonly BitRange[]): BitSegment[] {
  const segments: { field: Field; label: string; bits: Bit[]; values: SegmentValue[] }[] = [];
  for (let bit = row.start; bit < row.end; bit++) {
    const field = fieldAt(frame.dump.fields, bit);
    if (segments.at(-1)?.field !== field) {
      segments.push({ field, label: labelOf(field, row), bits: [], values: valuesOf(frame, field, row) });
    }
    const value = (((frame.bytes[bit >> 3] as number) >> (7 - (bit % 8))) & 1) as 0 | 1;
    const cell = { start: bit, end: bit + 1 };
    segments.at(-1)?.bits.push({ bit, value, violated: violated.some((range) => overlaps(cell, range)) });
  }
  return segments;
}

function labelOf(field: Field, row: BitRange): string {
  if (field.bit >= row.start) return field.name;
  return field.bit >= row.start - ROW_BYTES * 8 ? `${field.name}, continued` : '';
}

function valuesOf(frame: OpenFrame, field: Field, row: BitRange): SegmentValue[] {
  if (field.bits === 1) return [];
  const { start, end } = clip(fieldRange(frame, field), row) as BitRange;
  if (field.bits < 8) return [{ text: String(field.value), range: { start, end } }];
  const bytes = Array.from(frame.bytes.subarray(start / 8, end / 8), formatHexByte);
  return bytes.map((text, i) => ({ text, range: byteRange(start / 8 + i) }));
}
