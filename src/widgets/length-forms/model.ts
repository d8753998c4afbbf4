import { formatHexByte } from '../../bytes/hex.ts';
import { decodeHeader, encodeHeader } from '../../protocol/framing/header.ts';
import {
  LENGTH_IN_16_BITS,
  LENGTH_IN_64_BITS,
  layoutOf,
  MASK_BIT,
  minimalLengthField,
} from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { checkHeader } from '../../protocol/framing/rules.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import { countBytes, formatNumber } from '../../text/count.ts';

/** The longest payload on the slider, in bytes. */
export const MAX_LENGTH = 2 ** 20;

/** The first length of each longer form. RFC 6455 §5.2. */
export const JUMPS = [LENGTH_IN_16_BITS, 2 ** 16] as const;

/** The lengths on both sides of each jump, and the ends. RFC 6455 §5.2. */
export const LANDMARKS = [0, 125, 126, 65_535, 65_536, MAX_LENGTH] as const;

/** From so many bytes on, a step of the slider is a share of the length rather than one byte. */
const SINGLE_STEPS = 16;
const STEPS_PER_DOUBLING = 12;

/** The lengths that the slider stops at, rising: each of the first, then twelve to a doubling, and every landmark. */
export const STOPS: readonly number[] = (() => {
  const stops = new Set<number>(LANDMARKS);
  for (let length = 0; length < SINGLE_STEPS; length++) stops.add(length);
  for (let i = 0, length = 0; length < MAX_LENGTH; i++) {
    length = Math.round(SINGLE_STEPS * 2 ** (i / STEPS_PER_DOUBLING));
    stops.add(Math.min(length, MAX_LENGTH));
  }
  return [...stops].sort((a, b) => a - b);
})();

/** The place on the slider of a length: its own, or that of the next one below. */
export function stopOf(length: number): number {
  return STOPS.findLastIndex((stop) => stop <= length);
}

/** The RFC masks its own examples with this key. RFC 6455 §5.7. */
const EXAMPLE_KEY = 0x37fa213d;
type LengthForm = 7 | 16 | 64;
const FORMS: readonly LengthForm[] = [7, 16, 64];

/** Bytes of a header that belong together. */
export interface HeaderPart {
  /** The class with the field's color. */
  readonly fieldClass: string;
  readonly label: string;
  readonly bytes: readonly string[];
}

/** The header for one length, as one end writes it. */
export interface HeaderView {
  readonly sender: 'client' | 'server';
  readonly parts: readonly HeaderPart[];
  readonly headerLength: number;
  readonly frameLength: number;
  /** How much of the frame is header: `2.4%`. */
  readonly share: string;
}

/** One of the three forms, for one length. RFC 6455 §5.2. */
export interface FormView {
  readonly bits: LengthForm;
  readonly verdict: 'shortest' | 'forbidden' | 'impossible';
  readonly sentence: string;
  /** A client's header in this form; undefined where the form cannot hold the length. */
  readonly header: readonly HeaderPart[] | undefined;
  readonly rule: string | undefined;
}

export interface LengthView {
  readonly length: number;
  readonly form: LengthForm;
  readonly lengthField: number;
  /** How the bytes of the length make the number. */
  readonly sum: string;
  readonly headers: readonly HeaderView[];
  readonly forms: readonly FormView[];
  /** All in a sentence, to be read aloud. */
  readonly sentence: string;
}

/** Reads what a reader types, digits with or without commas; undefined where it is no length on the slider. */
export function parseLength(typed: string): number | undefined {
  const digits = typed.replace(/[,\s]/g, '');
  const length = Number(digits);
  return /^\d{1,7}$/.test(digits) && length <= MAX_LENGTH ? length : undefined;
}

/** @param length 0 to 2^20, in bytes */
export function presentLength(length: number): LengthView {
  const lengthField = minimalLengthField(length);
  const form = layoutOf(lengthField).lengthForm;
  const headers = [headerOf(length, 'server'), headerOf(length, 'client')];
  const [server, client] = headers;
  return {
    length,
    form,
    lengthField,
    sum: sumOf(length, form),
    headers,
    forms: FORMS.map((bits) => presentForm(length, bits, form)),
    sentence: `${countBytes(length)} of payload: the ${form}-bit form, ${server?.headerLength} bytes of header from a server and ${client?.headerLength} from a client`,
  };
}

function headerOf(length: number, sender: HeaderView['sender']): HeaderView {
  const parts = partsOf(length, minimalLengthField(length), sender);
  const headerLength = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const frameLength = headerLength + length;
  return { sender, parts, headerLength, frameLength, share: formatShare(headerLength / frameLength) };
}

function partsOf(payloadLength: number, lengthField: number, sender: HeaderView['sender']): HeaderPart[] {
  const maskingKey = sender === 'client' ? EXAMPLE_KEY : undefined;
  const { extendedPayloadLength, maskingKey: key, headerLength } = layoutOf(secondByte(lengthField, sender));
  const header = new Uint8Array(headerLength);
  encodeHeader({ fin: true, opcode: OPCODE.binary, lengthField, payloadLength, maskingKey }, header);
  const part = (fieldClass: string, label: string, start: number, end: number): HeaderPart => ({
    fieldClass,
    label,
    bytes: Array.from(header.subarray(start, end), formatHexByte),
  });
  return [
    part('field-opcode', 'FIN, opcode', 0, 1),
    part('field-payload-length', `MASK ${sender === 'client' ? 1 : 0}, ${lengthField}`, 1, 2),
    part('field-extended-payload-length', 'length', extendedPayloadLength.start, extendedPayloadLength.end),
    part('field-masking-key', 'key', key.start, key.end),
  ].filter(({ bytes }) => bytes.length > 0);
}

function secondByte(lengthField: number, sender: HeaderView['sender']): number {
  return sender === 'client' ? lengthField | MASK_BIT : lengthField;
}

/** In percent, with two significant digits. */
function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2))}%`;
}

function sumOf(length: number, form: LengthForm): string {
  if (form === 7) return `The seven bits are the length itself: ${length.toString(2).padStart(7, '0')} is ${length}.`;
  const field = form === 16 ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS;
  const count = form / 8;
  const bytes = Array.from({ length: count }, (_, i) => Math.floor(length / 256 ** (count - 1 - i)) % 256);
  const first = bytes.findIndex((byte) => byte > 0);
  const products = bytes.slice(first).map((byte, i) => {
    const weight = 256 ** (count - 1 - first - i);
    return weight === 1 ? String(byte) : `${byte} × ${formatNumber(weight)}`;
  });
  const zeros = first > 0 ? `${first} zero bytes, then ` : '';
  return `The seven bits say ${field}, and ${count} bytes follow: ${zeros}${products.join(' + ')} = ${formatNumber(length)}.`;
}

function presentForm(length: number, bits: LengthForm, shortest: LengthForm): FormView {
  if (bits < shortest) {
    const most = bits === 7 ? LENGTH_IN_16_BITS - 1 : 2 ** 16 - 1;
    const sentence = `Impossible: this form holds at most ${formatNumber(most)}.`;
    return { bits, verdict: 'impossible', sentence, header: undefined, rule: undefined };
  }
  const lengthField = bits === 7 ? length : bits === 16 ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS;
  const header = partsOf(length, lengthField, 'client');
  const rule = brokenRule(header);
  if (rule === undefined) {
    return { bits, verdict: 'shortest', sentence: 'Right: the shortest form that can hold it.', header, rule };
  }
  const { statusCode, requirement } = rule;
  const sentence = `Forbidden. ${requirement} Our server closes with ${statusCode}.`;
  return { bits, verdict: 'forbidden', sentence, header, rule: rule.name };
}

function brokenRule(parts: readonly HeaderPart[]) {
  const bytes = Uint8Array.from(parts.flatMap((part) => part.bytes.map((hex) => Number.parseInt(hex, 16))));
  const header = decodeHeader(bytes);
  const violation = header && checkHeader(header, { sender: 'client' });
  return violation && ruleNamed(violation.rule);
}

/** Points of a line that climbs with the header's length: x in thousandths of the slider, y in bytes. */
export function staircase(sender: HeaderView['sender']): { readonly x: number; readonly y: number }[] {
  const last = STOPS.length - 1;
  const points: { x: number; y: number }[] = [];
  for (const [i, length] of STOPS.entries()) {
    const y = layoutOf(secondByte(minimalLengthField(length), sender)).headerLength;
    const before = points.at(-1);
    if (before !== undefined && before.y !== y) points.push({ x: (1000 * i) / last, y: before.y });
    if (before?.y !== y || i === last) points.push({ x: (1000 * i) / last, y });
  }
  return points;
}
