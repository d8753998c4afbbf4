import { hash } from 'node:crypto';
import { WEBSOCKET_GUID } from '../../src/protocol/handshake/accept/accept-key.ts';
import { trimWhiteSpace } from '../../src/protocol/trim-white-space.ts';

/**
 * Sec-WebSocket-Accept by Node's own SHA-1, in a fifth of the time. RFC 6455 §4.2.2. What it comes to, step by step, is
 * in the protocol core, whose SHA-1 runs wherever TypeScript does.
 */
export function computeAccept(key: string): string {
  return hash('sha1', trimWhiteSpace(key) + WEBSOCKET_GUID, 'base64');
}
