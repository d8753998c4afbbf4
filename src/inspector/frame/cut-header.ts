import { formatHex } from '../../bytes/hex.ts';
import { decodeHeader, type FrameHeader } from '../../protocol/framing/header.ts';
import { MAX_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { countBytes } from '../../text/count.ts';
import { type Field, fieldsOf } from './field.ts';

/**
 * Lists the fields of a frame that ends within its header. They cover the bytes that there are. RFC 6455 §5.2. The value
 * of a field that is cut is the part of it that there is, in hex.
 *
 * @param bytes fewer than the header needs
 */
export function fieldsOfCutHeader(bytes: Uint8Array): Field[] {
  // Fill the header with zeros to read it, then drop the fields that are only zeros.
  const padded = new Uint8Array(MAX_HEADER_LENGTH);
  padded.set(bytes);
  const header = decodeHeader(padded) as FrameHeader;
  const end = 8 * bytes.length;
  return fieldsOf(header, padded)
    .filter(({ bit }) => bit < end)
    .map((field) => (field.bit + field.bits <= end ? field : cutField(field, bytes)));
}

function cutField(field: Field, bytes: Uint8Array): Field {
  const arrived = bytes.subarray(field.bit / 8);
  const meaning = `cut: ${arrived.length} of ${countBytes(field.bits / 8)} arrived`;
  return { ...field, bits: 8 * arrived.length, value: formatHex(arrived), meaning };
}
