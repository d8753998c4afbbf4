import { hash } from 'node:crypto';
import { trimWhiteSpace, WEBSOCKET_GUID } from '../../src/protocol/index.ts';

/**
 * Computes Sec-WebSocket-Accept with Node's SHA-1, which takes a fifth of the time. RFC 6455 §4.2.2. The protocol core
 * has the same computation step by step, with a SHA-1 that runs anywhere.
 */
export function computeAccept(key: string): string {
  return hash('sha1', trimWhiteSpace(key) + WEBSOCKET_GUID, 'base64');
}
