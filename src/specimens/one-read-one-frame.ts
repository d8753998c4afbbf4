import { decodeHeader } from '../protocol/framing/header.ts';
import { mask } from '../protocol/framing/masking.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';

/** The outcome of one read, treated as one frame. */
export type OneReadOutcome =
  /** Too short for a frame: the bytes are thrown away. */
  | { readonly kind: 'ignores'; readonly byteLength: number }
  /** The handler is called. */
  | {
      readonly kind: 'dispatches';
      readonly data: string | Uint8Array;
      readonly missing: number;
      readonly ignored: number;
    }
  /** A frame other than text or binary is dropped silently. */
  | { readonly kind: 'drops'; readonly opcode: number; readonly ignored: number };

const forgiving = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The most common mistake: it treats each read from TCP as exactly one frame. For comparison with a right decoder; do not
 * use it for anything else.
 *
 * It keeps nothing from one read to the next. It does not wait for the rest of a frame, throws away the bytes after it, and
 * ignores FIN.
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
