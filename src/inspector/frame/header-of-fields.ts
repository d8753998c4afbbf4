import type { FieldName } from '../../protocol/field-name.ts';
import { LENGTH_IN_16_BITS, LENGTH_IN_64_BITS } from '../../protocol/framing/layout.ts';
import { type Field, fieldNamed } from './field.ts';

/**
 * The values of a frame's header that programs need. RFC 6455 §5.2.
 *
 * A frame that ends within its header has only the values whose bits arrived, and no `payloadLength`.
 */
export interface DumpedHeader {
  /** 0 to 15; missing from a frame of no bytes. */
  readonly opcode?: number;
  /** Missing from a frame of no bytes. */
  readonly fin?: boolean;
  /** Missing from a frame of fewer than two bytes. */
  readonly masked?: boolean;
  /** In bytes; above 2^53 in decimal digits. Missing exactly if the frame ends within its header. */
  readonly payloadLength?: number | string;
}

/** Reads these values from the fields: for a frame that ends within its header, and for a message of schema 1. */
export function headerOfFields(fields: readonly Field[]): DumpedHeader {
  const value = (name: FieldName) => fieldNamed(fields, name)?.value;
  const opcode = value('opcode');
  const fin = value('FIN');
  const masked = value('MASK');
  const payloadLength = masked === 1 && bitsOf(fields, 'masking-key') < 32 ? undefined : payloadLengthOf(fields);
  return {
    ...(typeof opcode === 'number' && { opcode }),
    ...(fin !== undefined && { fin: fin === 1 }),
    ...(masked !== undefined && { masked: masked === 1 }),
    ...(payloadLength !== undefined && { payloadLength }),
  };
}

function payloadLengthOf(fields: readonly Field[]): number | string | undefined {
  const short = fieldNamed(fields, 'payload length')?.value;
  const extendedBits = short === LENGTH_IN_16_BITS ? 16 : short === LENGTH_IN_64_BITS ? 64 : 0;
  if (extendedBits === 0) return short;
  const isCut = bitsOf(fields, 'extended payload length') < extendedBits;
  return isCut ? undefined : fieldNamed(fields, 'extended payload length')?.value;
}

/** How many bits of a field arrived. */
function bitsOf(fields: readonly Field[], name: FieldName): number {
  return fieldNamed(fields, name)?.bits ?? 0;
}
