import { formatHexByte } from '../../../bytes/hex.ts';
import type { Field } from '../../../inspector/frame/field.ts';
import { ruleNamed } from '../../../protocol/rules.ts';
import type { Violation } from '../../../protocol/violation.ts';
import { escapeText } from '../../../text/escape-text.ts';
import { decodeLatin1 } from '../../../text/latin1.ts';
import { type BitRange, overlaps, sameRange } from './bit-range.ts';
import { type BrokenField, brokenField } from './broken-field.ts';
import { fieldRange, type OpenFrame } from './open-frame.ts';

/** Of a longer selection, only the first bytes are read aloud. */
const MAX_SPOKEN_BYTES = 8;

/**
 * Describes a range of bits in one line: `byte 1 of 11, hex 81: FIN 1, opcode 1, text`. A screen reader reads it aloud.
 * Bytes and bits are counted from 1.
 */
export function describeRange(frame: OpenFrame, range: BitRange): string {
  const fields = frame.dump.fields.filter((field) => overlaps(fieldRange(frame, field), range));
  const [field] = fields;
  const first = Math.floor(range.start / 8);
  const last = Math.floor((range.end - 1) / 8);
  const total = frame.dump.byteLength;
  const whole = range.start % 8 === 0 && range.end % 8 === 0;
  if (whole && first === last) {
    const facts = fields.map((each) => factOfByte(frame, each, first)).filter((fact) => fact !== '');
    return `byte ${first + 1} of ${total}, hex ${formatHexByte(frame.bytes[first] as number)}: ${facts.join(', ')}`;
  }
  const onlyField = field !== undefined && fields.length === 1 ? field : undefined;
  const where = whole ? describeBytes(frame, first, last) : describeBits(range, total);
  if (onlyField === undefined) return `${where}: ${fields.map(({ name }) => name).join(', ')}`;
  if (sameRange(fieldRange(frame, onlyField), range)) return `${where}: ${factOfField(onlyField)}`;
  const text = textWithin(frame, first, last);
  return `${where}: in ${onlyField.name}${text === '' ? '' : `, ${text}`}`;
}

function describeBytes(frame: OpenFrame, first: number, last: number): string {
  const hex = Array.from(frame.bytes.subarray(first, Math.min(last + 1, first + MAX_SPOKEN_BYTES)), formatHexByte);
  const more = last - first + 1 > MAX_SPOKEN_BYTES ? ' …' : '';
  return `bytes ${first + 1} to ${last + 1} of ${frame.dump.byteLength}, hex ${hex.join(' ')}${more}`;
}

function describeBits(range: BitRange, total: number): string {
  const first = Math.floor(range.start / 8);
  const last = Math.floor((range.end - 1) / 8);
  const from = (range.start % 8) + 1;
  const to = ((range.end - 1) % 8) + 1;
  if (first !== last) return `bit ${from} of byte ${first + 1} to bit ${to} of byte ${last + 1} of ${total}`;
  return from === to
    ? `bit ${from} of byte ${first + 1} of ${total}`
    : `bits ${from} to ${to} of byte ${first + 1} of ${total}`;
}

/** What one byte holds of a field, in a few words; nothing for a reserved bit that is 0. */
function factOfByte(frame: OpenFrame, field: Field, index: number): string {
  const within = index - Math.floor(field.bit / 8);
  const place = `${field.name}, byte ${within + 1} of ${Math.ceil(field.bits / 8)}`;
  if (field.name.startsWith('RSV') && field.value === 0) return '';
  if (field.name === 'payload data') {
    const text = textWithin(frame, index, index);
    const masked = frame.keyStart !== undefined;
    const unmasked = masked ? `, unmasked ${formatHexByte(frame.payload[within] as number)}` : '';
    return `${place}${unmasked}${text === '' ? '' : `, ${text}`}`;
  }
  return field.bits > 8 ? place : factOfBits(field);
}

function factOfBits(field: Field): string {
  const value = `${field.name} ${field.value}`;
  return field.name === 'opcode' ? `${value}, ${field.meaning.split(':')[0]}` : value;
}

function factOfField(field: Field): string {
  const shown = typeof field.value === 'number' ? ` ${field.value}` : '';
  return `${field.name}${shown}, ${field.meaning}`;
}

/** Bytes of the payload as text, if all of them are ASCII; nothing for bytes of the header. */
function textWithin(frame: OpenFrame, first: number, last: number): string {
  if (frame.dump.payload.text === undefined || first < frame.payloadStart) return '';
  const bytes = frame.payload.subarray(first - frame.payloadStart, last + 1 - frame.payloadStart);
  const ascii = bytes.every((byte) => byte < 0x80);
  return ascii && bytes.length > 0 ? `“${escapeText(decodeLatin1(bytes))}”` : '';
}

/** What a frame breaks, for the line above the panes. */
export interface ViolationNote extends BrokenField {
  readonly requirement: string;
  readonly statusCode: number;
  readonly section: string;
}

export function violationNote(frame: OpenFrame, violation: Violation): ViolationNote {
  const { rule, statusCode, section } = violation;
  const requirement = ruleNamed(rule)?.requirement ?? `The rule ${rule} is broken.`;
  const { range, where } = brokenField(frame.dump.fields, violation, frame.bytes.length);
  return { range, where: `${where} of ${frame.dump.byteLength}`, requirement, statusCode, section };
}
