import { encodeKey, NONCE_LENGTH } from '../../protocol/handshake/accept/accept-key.ts';

/** A Sec-WebSocket-Key as a client draws it: nobody can foresee it. RFC 6455 §4.1. */
export function drawKey(): string {
  return encodeKey(crypto.getRandomValues(new Uint8Array(NONCE_LENGTH)));
}
