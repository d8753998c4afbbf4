import { formatHex } from '../bytes/hex.ts';

/** With fewer bytes, any difference would look like a key. */
const MIN_BYTES = 5;
const KEY_BYTES = 4;

/**
 * The masking key that turns the right payload into the one that came: a server that echoes such a payload forgot to
 * unmask it. RFC 6455 §5.3.
 *
 * @returns eight hexadecimal digits; undefined if there is no such key
 */
export function leftoverKey(right: Uint8Array, came: Uint8Array): string | undefined {
  if (came.length !== right.length || came.length < MIN_BYTES) return undefined;
  const key = came.slice(0, KEY_BYTES).map((byte, i) => byte ^ (right[i] as number));
  const isMasked = came.every((byte, i) => byte === ((right[i] as number) ^ (key[i % KEY_BYTES] as number)));
  return isMasked && key.some((byte) => byte !== 0) ? formatHex(key) : undefined;
}
