import { formatHex } from '../../bytes/hex.ts';
import type { FieldName } from '../../protocol/field-name.ts';
import type { FrameHeader } from '../../protocol/framing/header.ts';
import { type ByteRange, layoutOf, MASK_BIT } from '../../protocol/framing/layout.ts';
import {
  meaningOfExtendedLength,
  meaningOfFin,
  meaningOfLengthField,
  meaningOfMask,
  meaningOfMaskingKey,
  meaningOfOpcode,
  meaningOfPayload,
  meaningOfReservedBit,
} from './field-meaning.ts';

/** One field of a frame, with its value and meaning. RFC 6455 §5.2. */
export interface Field {
  readonly name: FieldName;
  /** The field's first bit, counted from the frame's first; the most significant bit of a byte comes first. */
  readonly bit: number;
  /** Its length in bits. */
  readonly bits: number;
  /** A number; from 2^53 on, decimal digits. The masking-key and the payload data are hex. */
  readonly value: number | string;
  /** The meaning of this value, in one sentence. */
  readonly meaning: string;
  /** Section of RFC 6455. */
  readonly section: string;
}

/**
 * Lists the fields of a frame in wire order. Together they cover it from its first bit to its last. RFC 6455 §5.2.
 *
 * @param frameBytes the frame as on the wire, from its first byte. If its payload is cut, `payload data` has only that part
 * @param hex the same bytes in hex, if the caller has them already
 */
export function fieldsOf(header: FrameHeader, frameBytes: Uint8Array, hex = formatHex(frameBytes)): Field[] {
  const fields = [
    oneBit('FIN', 0, header.fin, meaningOfFin(header)),
    oneBit('RSV1', 1, header.rsv1, meaningOfReservedBit(header.rsv1)),
    oneBit('RSV2', 2, header.rsv2, meaningOfReservedBit(header.rsv2)),
    oneBit('RSV3', 3, header.rsv3, meaningOfReservedBit(header.rsv3)),
    field('opcode', 4, 4, header.opcode, meaningOfOpcode(header.opcode)),
    oneBit('MASK', 8, header.masked, meaningOfMask(header.masked)),
    field('payload length', 9, 7, header.lengthField, meaningOfLengthField(header.lengthField)),
  ];
  const layout = layoutOf(header.lengthField | (header.masked ? MASK_BIT : 0));
  if (layout.lengthForm !== 7) {
    const exact = readBigEndian(frameBytes, layout.extendedPayloadLength);
    const value = exact <= 2n ** 53n ? Number(exact) : exact.toString();
    const meaning = meaningOfExtendedLength(header, exact);
    fields.push(wholeBytes('extended payload length', layout.extendedPayloadLength, value, meaning));
  }
  if (header.masked) {
    const key = hexOf(hex, layout.maskingKey);
    fields.push(wholeBytes('masking-key', layout.maskingKey, key, meaningOfMaskingKey(header)));
  }
  if (header.payloadLength > 0) {
    const range = { start: header.headerLength, end: header.headerLength + header.payloadLength };
    const payload = frameBytes.subarray(range.start, range.end);
    fields.push(wholeBytes('payload data', range, hexOf(hex, range), meaningOfPayload(header, payload)));
  }
  return fields;
}

/** Finds a field by its name. @returns undefined if the frame does not have it */
export function fieldNamed(fields: readonly Field[], name: FieldName): Field | undefined {
  return fields.find((candidate) => candidate.name === name);
}

const SECTIONS: Partial<Record<FieldName, string>> = { MASK: '5.1', 'masking-key': '5.3' };

function field(name: FieldName, bit: number, bits: number, value: number | string, meaning: string): Field {
  return { name, bit, bits, value, meaning, section: SECTIONS[name] ?? '5.2' };
}

function oneBit(name: FieldName, bit: number, set: boolean, meaning: string): Field {
  return field(name, bit, 1, set ? 1 : 0, meaning);
}

function wholeBytes(name: FieldName, { start, end }: ByteRange, value: number | string, meaning: string): Field {
  return field(name, 8 * start, 8 * (end - start), value, meaning);
}

function hexOf(hex: string, { start, end }: ByteRange): string {
  return hex.slice(2 * start, 2 * end);
}

/** Reads a number in network byte order, exactly at any size. */
function readBigEndian(bytes: Uint8Array, { start, end }: ByteRange): bigint {
  return bytes.subarray(start, end).reduce((value, byte) => value * 256n + BigInt(byte), 0n);
}
