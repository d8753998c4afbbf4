import { encodeKey, NONCE_LENGTH } from '../../../../protocol/handshake/accept/accept-key.ts';
import { joinLines } from '../../../../protocol/handshake/head/example-heads.ts';
import { parseRequestHead } from '../../../../protocol/handshake/head/parse-head.ts';
import type { Refusal } from '../../../../protocol/handshake/head/refusal.ts';
import { type AcceptedRequest, checkRequest } from '../../../../protocol/handshake/request/check-request.ts';
import type { SeededRandom } from '../../random.ts';

const PATHS = ['/echo', '/chat', '/broadcast', '/news?from=7'];
const HOSTS = ['localhost:8080', 'server.example.com', '127.0.0.1:9001'];

/** The lines of a right request, with a random key. */
export function drawRequest(random: SeededRandom): string[] {
  return [
    `GET ${random.pick(PATHS)} HTTP/1.1`,
    `Host: ${random.pick(HOSTS)}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${encodeKey(random.bytes(NONCE_LENGTH))}`,
    'Sec-WebSocket-Version: 13',
  ];
}

/** Our server's answer to a request: the request if it is accepted, or the refusal. RFC 6455 §4.2.1. */
export function judgeRequest(lines: readonly string[]): { request: AcceptedRequest } | { refusal: Refusal } {
  const parsed = parseRequestHead(new TextEncoder().encode(joinLines(...lines)));
  if (parsed.kind === 'incomplete')
    throw new Error(`The request drawn for an exercise does not end: ${lines.join(' | ')}`);
  return parsed.kind === 'refused' ? parsed : checkRequest(parsed.head);
}

/** Says which header a line is: its name in lower case; the first line has none. */
export function nameOfLine(line: string): string {
  const colon = line.indexOf(':');
  return colon < 0 || line.includes(' HTTP/') ? '' : line.slice(0, colon).toLowerCase();
}
