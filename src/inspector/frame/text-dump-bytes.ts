import { countBytes } from '../../text/count.ts';
import { type Field, fieldNamed } from './field.ts';
import type { FrameDump } from './frame-dump.ts';

const BYTES_PER_GROUP = 8;
const MAX_GROUPS = 4;

/** The bits of a field in their place, `.... 0001`, or its bytes, eight on a line. */
export function groupsOf({ bit, bits }: Field, hex: string): string[] {
  if (bits < 8) return [bitsInByte(bit, bits, hex)];
  const bytes = bytePairs(hex.slice(bit / 4, (bit + bits) / 4));
  const groups: string[] = [];
  for (let start = 0; start < bytes.length && groups.length < MAX_GROUPS; start += BYTES_PER_GROUP) {
    groups.push(bytes.slice(start, start + BYTES_PER_GROUP).join(' '));
  }
  const left = bits / 8 - Math.min(bytes.length, MAX_GROUPS * BYTES_PER_GROUP);
  if (left > 0) groups.push(leftOut(left, bytes.length));
  return groups;
}

const MAX_SHOWN_COUNT = 999_999_999;

function leftOut(byteLength: number, shown: number): string {
  const count = byteLength > MAX_SHOWN_COUNT ? 'very many' : countBytes(byteLength);
  return shown === 0 ? `(${count})` : `and ${count} more`;
}

/** A byte with the bits of one field, and dots for the other bits. */
function bitsInByte(bit: number, bits: number, hex: string): string {
  const byte = Math.floor(bit / 8);
  const binary = Number.parseInt(hex.slice(2 * byte, 2 * byte + 2), 16)
    .toString(2)
    .padStart(8, '0');
  const first = bit % 8;
  const shown = [...binary].map((digit, i) => (i >= first && i < first + bits ? digit : '.')).join('');
  return `${shown.slice(0, 4)} ${shown.slice(4)}`;
}

const MAX_UNMASKED_BYTES = 16;

/** Shows the XOR of the payload's first bytes in columns. Empty for an unmasked frame. RFC 6455 §5.3. */
export function unmaskingLines({ fields, hex, payload }: FrameDump): string[] {
  const key = fieldNamed(fields, 'masking-key');
  const data = fieldNamed(fields, 'payload data');
  if (key === undefined || data === undefined || payload.hex === '') return [];
  const masked = bytePairs(hex.slice(data.bit / 4, data.bit / 4 + 2 * MAX_UNMASKED_BYTES));
  const keyBytes = bytePairs(hex.slice(key.bit / 4, (key.bit + key.bits) / 4));
  const unmasked = bytePairs(payload.hex.slice(0, 2 * MAX_UNMASKED_BYTES));
  const more = data.bits / 8 > MAX_UNMASKED_BYTES ? '  …' : '';
  return [
    '',
    `  on the wire  ${masked.join(' ')}${more}`,
    `  XOR the key  ${masked.map((_, i) => keyBytes[i % 4]).join(' ')}`,
    `  payload      ${unmasked.join(' ')}`,
    `               ${unmasked.map(asciiOf).join(' ')}`.trimEnd(),
  ];
}

function asciiOf(digits: string): string {
  const character = String.fromCharCode(Number.parseInt(digits, 16));
  return (character >= ' ' && character <= '~' ? character : '.').padEnd(2);
}

function bytePairs(hex: string): string[] {
  return hex.match(/../g) ?? [];
}
