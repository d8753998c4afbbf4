import { decodeHeader } from '../../protocol/framing/header.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import type { PastedPart } from './pasted.ts';

/**
 * Finds out who sent each part of a recording that does not say so: a request is the client's and a response the server's. A
 * frame's MASK bit shows its sender, and the rest of a frame comes from the side that began it.
 */
export function withSenders(parts: readonly PastedPart[]): PastedPart[] {
  // How many bytes each side still owes of a frame that it began.
  const owed = { client: 0, server: 0 };
  return parts.map((part) => {
    const { bytes } = part;
    const opening = decodeLatin1(bytes.subarray(0, 16));
    const head = /^[A-Z]{3,7} \S/.test(opening) ? 'client' : /^HTTP\/1\.\d /.test(opening) ? 'server' : undefined;
    const sender =
      head ??
      (owed.client > 0 && owed.client >= bytes.length
        ? 'client'
        : owed.server > 0 && owed.server >= bytes.length
          ? 'server'
          : senderOfFrame(bytes));
    let at = head === undefined ? owed[sender] : endOfHead(bytes);
    while (at < bytes.length) {
      const header = decodeHeader(bytes, at);
      if (header === undefined) {
        at = bytes.length;
        break;
      }
      at += header.headerLength + header.payloadLength;
    }
    owed[sender] = Math.max(0, at - bytes.length);
    return { ...part, sender };
  });
}

function senderOfFrame(bytes: Uint8Array): 'client' | 'server' {
  return ((bytes[1] ?? 0) & 0x80) === 0 ? 'server' : 'client';
}

function endOfHead(bytes: Uint8Array): number {
  const end = decodeLatin1(bytes).indexOf('\r\n\r\n');
  return end < 0 ? bytes.length : end + 4;
}
