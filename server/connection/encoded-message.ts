import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import type { MessageOpcode } from '../../src/protocol/framing/opcode.ts';
import type { Message } from './handler.ts';

/** A message that is encoded already, once for all who get it: a server masks nothing. RFC 6455 §5.1. */
export interface EncodedMessage extends Message {
  readonly frame: Buffer<ArrayBuffer>;
}

/** @param payload UTF-8 for a text message; copied */
export function encodeMessage(opcode: MessageOpcode, payload: Uint8Array): EncodedMessage {
  const { buffer, byteOffset, length } = encodeFrame({ opcode, payload });
  // A socket makes a Buffer of whatever is none: of this one that is done once, not for each who gets it.
  const frame = Buffer.from(buffer, byteOffset, length);
  return { opcode, payload: frame.subarray(length - payload.length), frame };
}
