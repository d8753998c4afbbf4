import { isUtf8 } from 'node:buffer';
import { OPCODE } from '../../../src/protocol/index.ts';
import type { Message } from '../../connection/handler.ts';

/** The length of a server's name: so many random bytes never meet twice. */
export const SERVER_ID_BYTES = 16;
const PREFIX_BYTES = 1 + SERVER_ID_BYTES;

/** Bytes that came from Redis, read. */
export interface RelayedMessage extends Message {
  /** The server that sent it, in hex. */
  readonly from: string;
}

/**
 * Packs a message for Redis: a byte with the opcode, 16 bytes that name the server, and the payload as it is.
 *
 * @param payload copied
 */
export function packMessage({ opcode, payload }: Message, serverId: Uint8Array): Buffer {
  const packed = Buffer.allocUnsafe(PREFIX_BYTES + payload.length);
  packed[0] = opcode;
  packed.set(serverId, 1);
  packed.set(payload, PREFIX_BYTES);
  return packed;
}

/**
 * Reads what came from Redis. Any program with access to Redis can publish there, so it is checked like a peer's bytes.
 *
 * @returns the message, or the problem
 */
export function unpackMessage(packed: Buffer, maxMessageBytes: number): RelayedMessage | { readonly problem: string } {
  if (packed.length < PREFIX_BYTES) return { problem: `it has ${packed.length} bytes, fewer than ${PREFIX_BYTES}` };
  const [opcode] = packed;
  if (opcode !== OPCODE.text && opcode !== OPCODE.binary)
    return { problem: `its first byte is ${opcode}, neither text nor binary` };
  const payload = packed.subarray(PREFIX_BYTES);
  if (payload.length > maxMessageBytes)
    return { problem: `it has ${payload.length} bytes, more than this server allows` };
  // Our clients would have to fail their connections. RFC 6455 §8.1.
  if (opcode === OPCODE.text && !isUtf8(payload)) return { problem: 'it is text, but not valid UTF-8' };
  return { opcode, payload, from: packed.toString('hex', 1, PREFIX_BYTES) };
}
