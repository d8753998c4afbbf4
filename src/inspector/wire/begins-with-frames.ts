import { decodeHeader } from '../../protocol/framing/header.ts';
import { MAX_CONTROL_PAYLOAD_LENGTH, minimalLengthField } from '../../protocol/framing/layout.ts';
import { isControlOpcode, isReservedOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import { decodeText } from '../../text/utf8.ts';

/** Whether frames begin with a chunk, for an observer that has lost bytes. It is given, not imported: no page needs it. */
export type FindFrames = (chunk: Uint8Array, sender: 'client' | 'server') => boolean;

/**
 * Whether a chunk begins with frames beyond doubt, although the bytes before it are missing: it is one whole frame after the
 * other, each as its sender must write it, and the last one ends where the chunk ends. Some bytes do so by chance, so a single
 * frame must be masked, or be text in UTF-8.
 */
export const beginsWithFrames: FindFrames = (chunk, sender) => {
  let at = 0;
  let count = 0;
  let isText = false;
  while (at < chunk.length) {
    const header = decodeHeader(chunk, at);
    if (header === undefined || header.masked !== (sender === 'client')) return false;
    const { opcode, payloadLength, headerLength, lengthField } = header;
    if (header.rsv2 || header.rsv3 || isReservedOpcode(opcode)) return false;
    if (isControlOpcode(opcode) && (!header.fin || header.rsv1 || payloadLength > MAX_CONTROL_PAYLOAD_LENGTH))
      return false;
    if (lengthField !== minimalLengthField(payloadLength)) return false;
    const payload = chunk.subarray(at + headerLength, at + headerLength + payloadLength);
    isText = opcode === OPCODE.text && payload.length > 0 && decodeText(payload) !== undefined;
    at += headerLength + payloadLength;
    count++;
  }
  return at === chunk.length && (sender === 'client' || count > 1 || isText);
};
