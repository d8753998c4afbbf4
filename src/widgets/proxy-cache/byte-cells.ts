import { formatHexByte } from '../../bytes/hex.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';

/** A byte as a number and as a character. */
export interface ByteCell {
  readonly hex: string;
  readonly character: string;
  /** The class of its field's color. */
  readonly field: string;
  /** Whether the proxy takes it for a part of a request or response. */
  readonly believed: boolean;
}

/** Bytes that one party sees. */
export interface ByteView {
  readonly cells: readonly ByteCell[];
  /** For a screen reader, in place of the cells. */
  readonly said: string;
}

const SHORT: Readonly<Record<number, string>> = { 10: '\\n', 13: '\\r' };

/** One frame, with the bytes marked that the proxy believes in. */
export function frameCells(frame: Uint8Array, believed?: { readonly start: number; readonly end: number }): ByteView {
  const { maskingKey, headerLength } = layoutOf(frame[1] as number);
  const { start, end } = believed ?? { start: 0, end: 0 };
  const cells = Array.from(frame, (byte, i) => ({
    hex: formatHexByte(byte),
    character: SHORT[byte] ?? characterOf(byte),
    field: fieldOf(i, maskingKey.start, headerLength),
    believed: i >= start && i < end,
  }));
  const text = Array.from(frame, characterOf).join('');
  return { cells, said: `${frame.length} bytes; as characters: ${text}` };
}

function fieldOf(index: number, keyStart: number, headerLength: number): string {
  if (index === 0) return 'field-opcode';
  if (index === 1) return 'field-payload-length';
  if (index < keyStart) return 'field-extended-payload-length';
  return index < headerLength ? 'field-masking-key' : 'field-payload-data';
}

function characterOf(byte: number): string {
  if (byte === 0x20) return ' ';
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}
