import { formatHexByte } from '../../bytes/hex.ts';
import { sameBytes } from '../../bytes/same-bytes.ts';
import { countNoun } from '../../text/count.ts';

/** A longer run of bytes is cut after this many. */
const MAX_SHOWN = 4;

const NAMES: Readonly<Record<number, string>> = { 0: 'NUL', 9: 'TAB', 10: 'LF', 13: 'CR', 32: 'space' };

/** The first difference between two byte arrays, as a half-open range of the first. */
export interface Difference {
  readonly start: number;
  readonly end: number;
  /** To follow a subject, so it begins in lower case: `is 0d (CR) after byte 24, where it should end`. */
  readonly sentence: string;
}

/**
 * Finds the first difference between bytes and the expected bytes, and describes it in words that count from 1.
 *
 * @param unit a `character` is shown as itself, a `byte` in hex, with its meaning in ASCII
 * @returns undefined if they are the same
 */
export function compareBytes(
  bytes: Uint8Array,
  expected: Uint8Array,
  unit: 'byte' | 'character' = 'byte',
): Difference | undefined {
  let start = 0;
  while (start < bytes.length && start < expected.length && bytes[start] === expected[start]) start++;
  if (start === bytes.length && start === expected.length) return undefined;
  const show = (run: Uint8Array) => showRun(run, unit);
  const added = bytes.length - expected.length;
  if (start === expected.length) {
    const sentence = `${isOrAre(added)} ${show(bytes.subarray(start))} after ${unit} ${start}, where it should end`;
    return { start, end: bytes.length, sentence };
  }
  if (start === bytes.length) {
    const sentence = `${isOrAre(-added)} ${countNoun(-added, unit)} missing at the end: ${show(expected.subarray(start))}`;
    return { start, end: start, sentence };
  }
  if (added > 0 && sameBytes(bytes.subarray(added), expected)) {
    return { start: 0, end: added, sentence: `${isOrAre(added)} ${show(bytes.subarray(0, added))} in front` };
  }
  if (added === 0) {
    const sentence = `is ${show(bytes.subarray(start, start + 1))} as ${unit} ${start + 1}, not ${show(expected.subarray(start, start + 1))}`;
    return { start, end: start + 1, sentence };
  }
  const sentence = `are ${countNoun(bytes.length, unit)}, not ${expected.length}: from ${unit} ${start + 1} on ${show(bytes.subarray(start))}, not ${show(expected.subarray(start))}`;
  return { start, end: bytes.length, sentence };
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** `0d (CR)`, or `64 47 68 6c …`; as characters, `“dGhl…”`. */
function showRun(run: Uint8Array, unit: 'byte' | 'character'): string {
  const shown = run.subarray(0, MAX_SHOWN);
  const more = run.length > MAX_SHOWN;
  const [only] = run;
  if (unit === 'character' && shown.every((byte) => byte > 0x20 && byte < 0x7f)) {
    return `“${String.fromCharCode(...shown)}${more ? '…' : ''}”`;
  }
  const hex = Array.from(shown, formatHexByte).join(' ');
  return run.length === 1 && only !== undefined ? `${hex} (${nameByte(only)})` : `${hex}${more ? ' …' : ''}`;
}

function nameByte(byte: number): string {
  return NAMES[byte] ?? (byte > 0x20 && byte < 0x7f ? `“${String.fromCharCode(byte)}”` : `${byte} in decimal`);
}
