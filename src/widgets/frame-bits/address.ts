import { parseHexDigits } from '../../inspector/hex/hex-digits.ts';
import { MASK_BIT } from '../../protocol/framing/layout.ts';
import type { Sender } from '../base/own-frames/message.ts';

/** Longer frames are not put into the address: servers and chats cut long addresses. */
const MAX_LINKED_BYTES = 512;

/** A frame that an address names, or why it names none. */
export type LinkedBytes = { readonly bytes: Uint8Array; readonly sender: Sender } | { readonly problem: string };

/**
 * Reads the frame of an address, `#f=818537fa…`, which anybody may have written. Who sent it the MASK bit tells.
 *
 * @returns undefined where the address names no frame
 */
export function linkedBytes(parameters: URLSearchParams): LinkedBytes | undefined {
  const hex = parameters.get('f');
  if (hex === null) return undefined;
  const parsed = parseHexDigits(hex);
  if ('problem' in parsed) return { problem: `The address names a frame, but ${parsed.problem.sentence}` };
  const { bytes } = parsed;
  const { length } = bytes;
  if (length === 0 || length > MAX_LINKED_BYTES) {
    return { problem: `The address names a frame, but of ${length} bytes: write 1 to ${MAX_LINKED_BYTES}.` };
  }
  const masked = ((bytes[1] ?? MASK_BIT) & MASK_BIT) !== 0;
  return { bytes, sender: masked ? 'client' : 'server' };
}

/** What the address keeps of a frame; undefined where it is too long. */
export function linkOf(hex: string): { readonly f: string } | undefined {
  return hex.length / 2 <= MAX_LINKED_BYTES ? { f: hex } : undefined;
}
