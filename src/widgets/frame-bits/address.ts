import { parseHexDigits } from '../../inspector/hex/hex-digits.ts';
import { MASK_BIT } from '../../protocol/framing/layout.ts';
import type { Sender } from '../base/own-frames/message.ts';

/** Longer frames stay out of the address: servers and chat programs cut long addresses. */
const MAX_LINKED_BYTES = 512;

/** The frame in an address, or why there is none. */
export type LinkedBytes = { readonly bytes: Uint8Array; readonly sender: Sender } | { readonly problem: string };

/**
 * Reads the frame of an address, `#f=818537fa…`. The MASK bit tells which end sent it.
 *
 * @returns undefined if the address has no frame
 */
export function linkedBytes(parameters: URLSearchParams): LinkedBytes | undefined {
  const hex = parameters.get('f');
  if (hex === null) return undefined;
  const parsed = parseHexDigits(hex);
  if ('problem' in parsed) return { problem: `The frame in the address cannot be read. ${parsed.problem.sentence}` };
  const { bytes } = parsed;
  const { length } = bytes;
  if (length === 0 || length > MAX_LINKED_BYTES) {
    return { problem: `The frame in the address has ${length} bytes. This figure reads 1 to ${MAX_LINKED_BYTES}.` };
  }
  const masked = ((bytes[1] ?? MASK_BIT) & MASK_BIT) !== 0;
  return { bytes, sender: masked ? 'client' : 'server' };
}

/** The address of a frame; undefined if it is too long for one. */
export function linkOf(hex: string): { readonly f: string } | undefined {
  return hex.length / 2 <= MAX_LINKED_BYTES ? { f: hex } : undefined;
}
