import { formatHexByte } from '../../../bytes/hex.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { escapeAlone } from '../../../text/escape-text.ts';
import { type BitRange, byteRange, bytesRange, overlaps } from './bit-range.ts';
import { HALF_ROW_BYTES } from './hex-rows.ts';
import type { OpenFrame } from './open-frame.ts';

/** A close body begins with its status code, and the reason follows. RFC 6455 §5.5.1. */
const STATUS_CODE_BYTES = 2;

/** One byte of the payload: as received, its byte of the key, and the XOR of both. RFC 6455 §5.3. */
export interface UnmaskedByte {
  /** Its index in the frame. */
  readonly index: number;
  readonly onTheWire: string;
  /** Byte i mod 4 of the key; undefined in an unmasked frame. */
  readonly key: { readonly index: number; readonly hex: string } | undefined;
  readonly payload: string;
}

/** A character of the payload's text, and the bytes that encode it. */
export interface PayloadCharacter {
  readonly text: string;
  readonly escaped: boolean;
  /** Its bytes in the frame, half-open. */
  readonly start: number;
  readonly end: number;
}

export interface UnmaskingRow {
  readonly bytes: readonly UnmaskedByte[];
  /** The characters with a byte in this row; empty if the payload is not text. */
  readonly characters: readonly PayloadCharacter[];
}

/** The payload in rows of eight bytes, each with its unmasking; empty if there is no payload. */
export function unmaskingRows(frame: OpenFrame, shownBytes: number): UnmaskingRow[] {
  const end = Math.min(shownBytes, frame.bytes.length);
  const characters = payloadCharacters(frame, end);
  const rows: UnmaskingRow[] = [];
  for (let offset = frame.payloadStart; offset < end; offset += HALF_ROW_BYTES) {
    const rowEnd = Math.min(offset + HALF_ROW_BYTES, end);
    const row = bytesRange(offset, rowEnd);
    rows.push({
      bytes: Array.from({ length: rowEnd - offset }, (_, i) => unmaskedByteAt(frame, offset + i)),
      characters: characters.filter((character) => overlaps(bytesRange(character.start, character.end), row)),
    });
  }
  return rows;
}

function unmaskedByteAt(frame: OpenFrame, index: number): UnmaskedByte {
  const { bytes, payload, payloadStart, keyStart } = frame;
  const i = index - payloadStart;
  const keyIndex = keyStart === undefined ? undefined : keyStart + (i % 4);
  return {
    index,
    onTheWire: formatHexByte(bytes[index] as number),
    key: keyIndex === undefined ? undefined : { index: keyIndex, hex: formatHexByte(bytes[keyIndex] as number) },
    payload: formatHexByte(payload[i] as number),
  };
}

/** A byte's column lights up with any of these ranges: the byte itself, and its byte of the key. */
export function unmaskingRanges(byte: UnmaskedByte): BitRange[] {
  return byte.key === undefined ? [byteRange(byte.index)] : [byteRange(byte.index), byteRange(byte.key.index)];
}

/** The characters of the text, up to the byte `end` of the frame. */
function payloadCharacters(frame: OpenFrame, end: number): PayloadCharacter[] {
  const { text = '' } = frame.dump.payload;
  const characters: PayloadCharacter[] = [];
  // In a close frame the text is the reason, after the two bytes of the status code.
  let start = frame.payloadStart + (frame.dump.opcode === OPCODE.close ? STATUS_CODE_BYTES : 0);
  for (const character of text) {
    if (start >= end) break;
    const shown = escapeAlone(character);
    const characterEnd = start + utf8Length(character.codePointAt(0) ?? 0);
    characters.push({ text: shown, escaped: shown !== character, start, end: characterEnd });
    start = characterEnd;
  }
  return characters;
}

/** The bytes of a character in UTF-8. RFC 3629 §3. */
function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
