import { formatHexByte } from '../../bytes/hex.ts';
import { escapeText } from '../../text/escape-text.ts';

/** A run of bytes in three parts: the same as the other run, then different, then the same again. */
export interface LaneRun {
  readonly before: string;
  readonly differs: string;
  readonly after: string;
  readonly byteLength: number;
}

/** One step of the wrong computation, above the same step of the right one. */
export interface Lane {
  readonly name: string;
  readonly same: boolean;
  /** The separator between two parts of a run. */
  readonly gap: '' | ' ';
  readonly gone: LaneRun;
  readonly right: LaneRun;
}

/** Compares two runs of bytes. */
export function laneOf(name: string, gone: Uint8Array, right: Uint8Array, form: 'text' | 'hex'): Lane {
  const shorter = Math.min(gone.length, right.length);
  let before = 0;
  while (before < shorter && gone[before] === right[before]) before++;
  let after = 0;
  while (after < shorter - before && gone.at(-1 - after) === right.at(-1 - after)) after++;
  const cut = (bytes: Uint8Array): LaneRun => ({
    before: show(bytes.subarray(0, before), form),
    differs: show(bytes.subarray(before, bytes.length - after), form),
    after: show(bytes.subarray(bytes.length - after), form),
    byteLength: bytes.length,
  });
  const same = before === gone.length && before === right.length;
  return { name, same, gap: form === 'hex' ? ' ' : '', gone: cut(gone), right: cut(right) };
}

function show(bytes: Uint8Array, form: 'text' | 'hex'): string {
  if (form === 'hex') return Array.from(bytes, formatHexByte).join(' ');
  const text = String.fromCharCode(...bytes);
  return escapeText(text).replaceAll('\\\\', '\\').replaceAll(' ', '·');
}
