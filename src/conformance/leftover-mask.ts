import { formatHex } from '../bytes/hex.ts';

/** With fewer bytes, every difference would look like a key. */
const LEAST_BYTES = 5;
const KEY_BYTES = 4;

/**
 * The masking-key that turns one payload into another, in hexadecimal digits: then a server has left the mask on, and
 * all else is right. RFC 6455 §5.3.
 *
 * @returns undefined where no key does
 */
export function leftoverKey(right: Uint8Array, came: Uint8Array): string | undefined {
  if (came.length !== right.length || came.length < LEAST_BYTES) return undefined;
  const key = came.slice(0, KEY_BYTES).map((byte, i) => byte ^ (right[i] as number));
  const isMasked = came.every((byte, i) => byte === ((right[i] as number) ^ (key[i % KEY_BYTES] as number)));
  return isMasked && key.some((byte) => byte !== 0) ? formatHex(key) : undefined;
}
