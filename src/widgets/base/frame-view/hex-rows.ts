import { formatHexByte } from '../../../bytes/hex.ts';
import { type BitRange, byteRange, overlaps } from './bit-range.ts';
import { brokenRanges } from './broken-field.ts';
import { fieldAt, fieldClass, type OpenFrame } from './open-frame.ts';

/** Bytes in half a row. A wide pane shows two halves side by side. */
export const HALF_ROW_BYTES = 8;

export interface HexByte {
  readonly index: number;
  readonly hex: string;
  /** The byte as ASCII, or a dot if it is not printable. */
  readonly ascii: string;
  /** The class of the field that colors the byte. */
  readonly fieldClass: string;
  /** Whether the byte holds more than one field. */
  readonly shared: boolean;
  readonly violated: boolean;
}

/** Half rows of the hex view. */
export function hexRows(frame: OpenFrame, shownBytes: number): HexByte[][] {
  const violated = brokenRanges(frame);
  const rows: HexByte[][] = [];
  for (let offset = 0; offset < shownBytes; offset += HALF_ROW_BYTES) {
    const end = Math.min(offset + HALF_ROW_BYTES, shownBytes);
    rows.push(Array.from({ length: end - offset }, (_, i) => hexByteAt(frame, offset + i, violated)));
  }
  return rows;
}

function hexByteAt(frame: OpenFrame, index: number, violated: readonly BitRange[]): HexByte {
  const byte = frame.bytes[index] as number;
  const cell = byteRange(index);
  const { fields } = frame.dump;
  const last = fieldAt(fields, cell.end - 1);
  return {
    index,
    hex: formatHexByte(byte),
    ascii: byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
    // Two bytes hold several fields: the first gets the opcode's color, the second the length's.
    fieldClass: fieldClass(last.name),
    shared: last.bit > cell.start,
    violated: violated.some((range) => overlaps(cell, range)),
  };
}
