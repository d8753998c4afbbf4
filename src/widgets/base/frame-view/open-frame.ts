import { bytesOfHex } from '../../../bytes/hex.ts';
import { type Field, fieldNamed } from '../../../inspector/frame/field.ts';
import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import type { BitRange } from './bit-range.ts';

/** A frame ready to be drawn: its bytes as numbers, and where its parts begin. */
export interface OpenFrame {
  readonly dump: FrameDump;
  /** As on the wire. A frame that was cut has more bytes than these. */
  readonly bytes: Uint8Array;
  /** Unmasked. */
  readonly payload: Uint8Array;
  /** The payload's first byte within the frame. */
  readonly payloadStart: number;
  /** The first byte of the masking-key; undefined in an unmasked frame. */
  readonly keyStart: number | undefined;
}

/** Reads a dump's hex once, before it is drawn many times. */
export function openFrame(dump: FrameDump): OpenFrame {
  const bytes = bytesOfHex(dump.hex);
  const payload = bytesOfHex(dump.payload.hex);
  const key = fieldNamed(dump.fields, 'masking-key');
  return {
    dump,
    bytes,
    payload,
    payloadStart: bytes.length - payload.length,
    keyStart: key === undefined ? undefined : key.bit / 8,
  };
}

/** The field that holds a bit. Fields tile the frame, so there is exactly one. */
export function fieldAt(fields: readonly Field[], bit: number): Field {
  const field = fields.findLast((candidate) => candidate.bit <= bit);
  if (field === undefined) throw new RangeError(`bit ${bit}: the frame has no field there`);
  return field;
}

/** The bits of one field, without those that were cut off. */
export function fieldRange(frame: OpenFrame, field: Field): BitRange {
  return { start: field.bit, end: Math.min(field.bit + field.bits, frame.bytes.length * 8) };
}

/** A range grown to whole fields. */
export function wholeFields(frame: OpenFrame, range: BitRange): BitRange {
  const first = fieldAt(frame.dump.fields, range.start);
  const last = fieldAt(frame.dump.fields, range.end - 1);
  return { start: first.bit, end: fieldRange(frame, last).end };
}

/** The class with a field's color. */
export function fieldClass(name: Field['name']): string {
  return `field-${name.startsWith('RSV') ? 'rsv' : name.toLowerCase().replaceAll(' ', '-')}`;
}
