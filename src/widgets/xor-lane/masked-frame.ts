import { formatHex } from '../../bytes/hex.ts';
import { decodeHeader, endOfLength } from '../../protocol/framing/header.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';

/** A client's frame, cut at the places that masking speaks of. RFC 6455 §5.2, §5.3. */
export interface MaskedFrame {
  readonly bytes: Uint8Array;
  /** Half-open: FIN to the end of the length. Nothing of it is masked. */
  readonly lengthEnd: number;
  /** The four bytes between length and payload. */
  readonly key: Uint8Array;
  /** As it stands on the wire. */
  readonly payload: Uint8Array;
  /** Whether the payload must be UTF-8. */
  readonly isText: boolean;
}

/** Longer frames are not drawn: the figure shows bytes one by one. */
export const MAX_FRAME_BYTES = 512;

/** Takes a frame apart, or says why there is nothing to unmask in it. */
export function readMaskedFrame(bytes: Uint8Array): MaskedFrame | { readonly problem: string } {
  const header = decodeHeader(bytes);
  if (header === undefined) {
    return {
      problem: `The ${bytes.length} bytes “${formatHex(bytes)}” are not a whole header. Add the missing bytes.`,
    };
  }
  if (!header.masked) return { problem: 'This frame is not masked: MASK, the first bit of its second byte, is 0.' };
  const { headerLength, payloadLength, opcode } = header;
  if (payloadLength === 0) {
    return { problem: 'This frame has a key but no payload, so there is nothing to unmask.' };
  }
  const end = headerLength + payloadLength;
  if (end > MAX_FRAME_BYTES)
    return { problem: `This frame has ${end} bytes. The figure shows at most ${MAX_FRAME_BYTES}.` };
  if (bytes.length < end) {
    return {
      problem: `The header claims ${payloadLength} bytes of payload, but only ${bytes.length - headerLength} follow.`,
    };
  }
  return {
    bytes: bytes.subarray(0, end),
    lengthEnd: endOfLength(header),
    key: bytes.subarray(headerLength - 4, headerLength),
    payload: bytes.subarray(headerLength, end),
    isText: opcode === OPCODE.text,
  };
}
