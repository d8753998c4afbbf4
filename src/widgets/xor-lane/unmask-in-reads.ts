import { mask } from '../../protocol/framing/masking.ts';
import { keyAsNumber } from '../../specimens/mask-plainly.ts';
import type { Counting, XorLaneState } from './model.ts';

/** The byte of the key, 0 to 3, that a byte of the payload is XORed with. RFC 6455 §5.3: j = i mod 4. */
export function keyIndex(i: number, { cut, counting }: { readonly cut: number; readonly counting: Counting }): number {
  return (counting === 'read' && i >= cut ? i - cut : i) % 4;
}

/**
 * Unmasks a payload that one read brought, or two: each with the position that the reader has counted to.
 *
 * @returns the payload as a server with this way of counting has it
 */
export function unmaskInReads({ frame, key, cut, counting }: XorLaneState): Uint8Array {
  const maskingKey = keyAsNumber(key);
  const first = mask(frame.payload.subarray(0, cut), maskingKey);
  const second = mask(frame.payload.subarray(cut), maskingKey, counting === 'payload' ? cut : 0);
  return Uint8Array.of(...first, ...second);
}
