import { trimWhiteSpace } from '../../trim-white-space.ts';
import { sha1 } from './sha1.ts';

export { checkKey, type KeyProblem } from './check-key.ts';

/** The text that every WebSocket server appends to the key. No other program is likely to use it. RFC 6455 §1.3. */
export const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** How many random bytes a client's key encodes. RFC 6455 §4.1. */
export const NONCE_LENGTH = 16;

/** The computation of Sec-WebSocket-Accept, step by step. */
export interface AcceptSteps {
  /** The key as text, without the white space around it. */
  readonly key: string;
  /** The key and the GUID, one after the other. */
  readonly hashedText: string;
  /** The SHA-1 hash of that text: 20 bytes, not 40 hexadecimal digits. */
  readonly digest: Uint8Array;
  /** The hash in base64: 28 characters. */
  readonly accept: string;
}

/**
 * Computes Sec-WebSocket-Accept and returns every step. RFC 6455 §4.2.2.
 *
 * The key is hashed as the text it is; it is not decoded from base64 first.
 *
 * @param key any text: a malformed key has a hash too
 */
export function acceptSteps(key: string): AcceptSteps {
  const trimmed = trimWhiteSpace(key);
  const hashedText = trimmed + WEBSOCKET_GUID;
  const digest = sha1(new TextEncoder().encode(hashedText));
  return { key: trimmed, hashedText, digest, accept: encodeBase64(digest) };
}

/** Computes the Sec-WebSocket-Accept that answers a Sec-WebSocket-Key. RFC 6455 §4.2.2. */
export function computeAccept(key: string): string {
  return acceptSteps(key).accept;
}

/**
 * Encodes a nonce as a Sec-WebSocket-Key. RFC 6455 §4.1.
 *
 * @param nonce 16 random bytes, new for every connection
 * @returns 24 characters that end in `==`
 * @throws RangeError if there are not 16 bytes
 */
export function encodeKey(nonce: Uint8Array): string {
  if (nonce.length === NONCE_LENGTH) return encodeBase64(nonce);
  throw new RangeError(`A nonce has ${NONCE_LENGTH} bytes, not ${nonce.length}.`);
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
