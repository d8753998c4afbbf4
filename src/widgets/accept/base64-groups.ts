import { formatHexByte } from '../../bytes/hex.ts';
import { type BitRange, byteRange } from '../base/frame-view/bit-range.ts';

/** Three bytes, or fewer at the end, and the four characters that they become. RFC 4648 §4. */
export interface Base64Group {
  readonly bytes: readonly GroupByte[];
  /** The bits of the bytes, with the zeros that complete the last character. */
  readonly bits: readonly GroupBit[];
  readonly characters: readonly GroupCharacter[];
}

export interface GroupByte {
  readonly index: number;
  readonly hex: string;
  /** Its bits, counted from the first of all bytes. */
  readonly range: BitRange;
}

export interface GroupBit {
  readonly bit: number;
  readonly value: string;
  /** Whether it is a zero that completes a character. */
  readonly filling: boolean;
}

export interface GroupCharacter {
  readonly index: number;
  readonly character: string;
  /** The value of its six bits; undefined for the padding. */
  readonly value: number | undefined;
  readonly range: BitRange;
}

const GROUP_BYTES = 3;
const GROUP_CHARACTERS = 4;
const CHARACTER_BITS = 6;

/**
 * Splits base64 into groups, and shows which bits make which character.
 *
 * @param encoded the base64 of `bytes`
 */
export function base64Groups(bytes: Uint8Array, encoded: string): Base64Group[] {
  return Array.from({ length: Math.ceil(bytes.length / GROUP_BYTES) }, (_, group) => {
    const first = group * GROUP_BYTES;
    const own = Array.from(bytes.subarray(first, first + GROUP_BYTES));
    const written = Math.ceil((own.length * 8) / CHARACTER_BITS);
    const bits = own
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
      .padEnd(written * CHARACTER_BITS, '0');
    return {
      bytes: own.map((byte, i) => ({ index: first + i, hex: formatHexByte(byte), range: byteRange(first + i) })),
      bits: Array.from(bits, (value, i) => ({ bit: first * 8 + i, value, filling: i >= own.length * 8 })),
      characters: Array.from({ length: GROUP_CHARACTERS }, (_, i) => characterAt(encoded, group, i, bits, own.length)),
    };
  });
}

function characterAt(encoded: string, group: number, i: number, bits: string, byteCount: number): GroupCharacter {
  const index = group * GROUP_CHARACTERS + i;
  const sextet = bits.slice(i * CHARACTER_BITS, (i + 1) * CHARACTER_BITS);
  const start = group * GROUP_BYTES * 8 + i * CHARACTER_BITS;
  const end = group * GROUP_BYTES * 8 + byteCount * 8;
  return {
    index,
    character: encoded.charAt(index),
    value: sextet === '' ? undefined : Number.parseInt(sextet, 2),
    // Padding has no bits of its own. It lights up with the last one.
    range: sextet === '' ? { start: end - 1, end } : { start, end: Math.min(start + CHARACTER_BITS, end) },
  };
}
