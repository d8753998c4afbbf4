import { decodeHeader } from '../protocol/framing/header.ts';
import { mask } from '../protocol/framing/masking.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';

/** What comes of one read that is taken for one frame. */
export type OneReadOutcome =
  /** Too short to be a frame: what it had is thrown away. */
  | { readonly kind: 'ignores'; readonly byteLength: number }
  /** The handler is called. */
  | {
      readonly kind: 'dispatches';
      readonly data: string | Uint8Array;
      readonly missing: number;
      readonly ignored: number;
    }
  /** A frame of another kind than text or binary: nobody is told. */
  | { readonly kind: 'drops'; readonly opcode: number; readonly ignored: number };

const forgiving = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The most common mistake of all: each read from TCP is taken for exactly one frame. To be set beside a right decoder;
 * do not use it for anything else.
 *
 * It keeps nothing from one read to the next. What a frame lacks is not waited for, and what stands behind it is
 * thrown away. FIN is not looked at.
 */
export function takeReadForFrame(read: Uint8Array): OneReadOutcome {
  const header = decodeHeader(read);
  if (header === undefined) return { kind: 'ignores', byteLength: read.length };
  const end = header.headerLength + header.payloadLength;
  const ignored = Math.max(0, read.length - end);
  const onTheWire = read.subarray(header.headerLength, Math.min(end, read.length));
  const payload = header.masked ? mask(onTheWire, header.maskingKey) : onTheWire.slice();
  const missing = Math.max(0, end - read.length);
  if (header.opcode === OPCODE.text) {
    return { kind: 'dispatches', data: forgiving.decode(payload), missing, ignored };
  }
  if (header.opcode === OPCODE.binary) return { kind: 'dispatches', data: payload, missing, ignored };
  return { kind: 'drops', opcode: header.opcode, ignored };
}
