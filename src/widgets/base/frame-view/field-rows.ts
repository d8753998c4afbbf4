import type { Field } from '../../../inspector/frame/field.ts';
import { type BitRange, overlaps } from './bit-range.ts';
import { brokenRanges } from './broken-field.ts';
import { fieldClass, fieldRange, type OpenFrame } from './open-frame.ts';

/** One line of the field table. */
export interface FieldRow {
  readonly field: Field;
  readonly fieldClass: string;
  readonly range: BitRange;
  /** `bit 1`, `bits 5 to 8`, `bytes 3 to 6`: counted from 1 within the byte, or within the frame. */
  readonly place: string;
  readonly value: string;
  readonly violated: boolean;
}

/** A longer value is cut here; the other panes show all of it. */
const MAX_VALUE_LENGTH = 16;

export function fieldRows(frame: OpenFrame): FieldRow[] {
  const violated = brokenRanges(frame);
  return frame.dump.fields.map((field) => {
    const range = fieldRange(frame, field);
    return {
      field,
      fieldClass: fieldClass(field.name),
      range,
      place: placeOf(field),
      value: formatValue(field),
      violated: violated.some((bytes) => overlaps(bytes, range)),
    };
  });
}

function placeOf({ bit, bits }: Field): string {
  const byte = Math.floor(bit / 8) + 1;
  const within = (bit % 8) + 1;
  if (bits === 1) return `byte ${byte}, bit ${within}`;
  if (bits < 8) return `byte ${byte}, bits ${within} to ${within + bits - 1}`;
  return bits === 8 ? `byte ${byte}` : `bytes ${byte} to ${byte + bits / 8 - 1}`;
}

function formatValue({ name, value, bits }: Field): string {
  if (typeof value === 'number') return name === 'opcode' ? `${value.toString(16).toUpperCase()}` : String(value);
  return bits >= 8 && value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)} …` : value;
}
