import { dumpFrame, type FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { decodeHeader } from '../../../protocol/framing/header.ts';
import { checkHeader } from '../../../protocol/framing/rules.ts';
import { readPlainHex } from './plain-hex.ts';

/** Longer frames are not put into the address: servers and chats cut long addresses. */
export const MAX_LINKED_BYTES = 1024;

/** The part of the address that names a frame; undefined if the frame is too long for one. */
export function hashOfFrame(hex: string): string | undefined {
  return hex.length / 2 <= MAX_LINKED_BYTES ? `#f=${hex}` : undefined;
}

/** The frame that an address names. */
export type LinkedFrame = { readonly dump: FrameDump } | { readonly problem: string };

/**
 * Reads `#f=818537fa…`.
 *
 * The bytes alone do not show whether the MASK bit should be set, so the bit decides which side sent the frame.
 *
 * @returns undefined if the address names no frame
 */
export function frameOfHash(hash: string): LinkedFrame | undefined {
  const hex = /^#f=(.*)$/s.exec(hash)?.[1];
  if (hex === undefined) return undefined;
  const parsed = readPlainHex(hex);
  if ('problem' in parsed) return { problem: `The frame in the address cannot be read. ${parsed.problem}` };
  const { bytes } = parsed;
  if (bytes.length === 0) return { problem: 'The frame in the address has no bytes. Write them in hex after #f=.' };
  const header = decodeHeader(bytes);
  const violation = header && checkHeader(header, { sender: header.masked ? 'client' : 'server' });
  return { dump: dumpFrame(bytes, { violations: violation === undefined ? [] : [violation] }) };
}
