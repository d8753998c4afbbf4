import { decodeHeader } from '../../protocol/framing/header.ts';
import { isReservedOpcode } from '../../protocol/framing/opcode.ts';
import { findHead } from './heads.ts';
import type { Pasted } from './pasted.ts';

/**
 * A file with the bytes of a connection themselves, as `curl -i`, `ncat -o` and programs write them. It must begin with the head
 * of a handshake, or be frames from its first byte to its last.
 */
export function readRawBytes(bytes: Uint8Array<ArrayBuffer>): Pasted | undefined {
  const head = findHead(bytes);
  if (!(head?.isWhole && /HTTP\/1\.\d/.test(head.firstLine)) && !isAllFrames(bytes)) return undefined;
  return { form: 'the raw bytes of a connection', parts: [{ bytes }], notes: [] };
}

/** Whether bytes are frames from the first to the last, and nothing else. */
export function isAllFrames(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const header = decodeHeader(bytes, at);
    if (header === undefined || isReservedOpcode(header.opcode) || header.rsv2 || header.rsv3) return false;
    at += header.headerLength + header.payloadLength;
    if (at > bytes.length) return false;
  }
  return bytes.length > 0;
}
