const LF = 0x0a;

/** Cuts a head into its lines, each with the bytes that end it; the empty line is the last. RFC 9112 §2.1. */
export function lineBytes(head: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  while (start < head.length) {
    const lineFeed = head.indexOf(LF, start);
    const end = lineFeed < 0 ? head.length : lineFeed + 1;
    lines.push(head.subarray(start, end));
    start = end;
  }
  return lines;
}

/** One byte to be shown: its two hex digits, and the character or the name of what it is. */
export interface ShownByte {
  readonly hex: string;
  readonly character: string;
  /** Whether it is seen by its name only. */
  readonly named: boolean;
}

const NAMES: Readonly<Record<number, string>> = { 9: 'HT', 10: 'LF', 13: 'CR', 32: 'SP' };
const FIRST_VISIBLE = 0x21;
const LAST_VISIBLE = 0x7e;

/** The bytes of a line, each with its character in ASCII. */
export function shownBytes(bytes: Uint8Array): ShownByte[] {
  return Array.from(bytes, (byte) => {
    const hex = byte.toString(16).padStart(2, '0');
    const visible = byte >= FIRST_VISIBLE && byte <= LAST_VISIBLE;
    return { hex, character: visible ? String.fromCharCode(byte) : (NAMES[byte] ?? '·'), named: !visible };
  });
}
