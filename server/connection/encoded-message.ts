import { encodeFrame, type MessageOpcode } from '../../src/protocol/index.ts';
import type { Message } from './handler.ts';

/** Encodes a message once for all its receivers: a server does not mask. RFC 6455 §5.1. */
export interface EncodedMessage extends Message {
  readonly frame: Buffer<ArrayBuffer>;
}

/** @param payload UTF-8 for a text message; copied */
export function encodeMessage(opcode: MessageOpcode, payload: Uint8Array): EncodedMessage {
  const { buffer, byteOffset, length } = encodeFrame({ opcode, payload });
  // A socket converts any other array to a Buffer. Doing it here does it once, not once for each receiver.
  const frame = Buffer.from(buffer, byteOffset, length);
  return { opcode, payload: frame.subarray(length - payload.length), frame };
}
