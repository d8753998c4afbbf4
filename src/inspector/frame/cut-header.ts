import { formatHex } from '../../bytes/hex.ts';
import { decodeHeader, type FrameHeader } from '../../protocol/framing/header.ts';
import { MAX_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { countBytes } from '../../text/count.ts';
import { type Field, fieldsOf } from './field.ts';

/**
 * The fields of a frame that ended within its header: they tile the bytes that there are.
 * RFC 6455 §5.2. A field that is cut itself has as its value what there is of it, in hex.
 *
 * @param bytes fewer than the header has
 */
export function fieldsOfCutHeader(bytes: Uint8Array): Field[] {
  // Zeros after the cut let the rest be read; what was read from zeros alone is dropped again.
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
  const meaning = `cut: ${arrived.length} of ${countBytes(field.bits / 8)} came`;
  return { ...field, bits: 8 * arrived.length, value: formatHex(arrived), meaning };
}
