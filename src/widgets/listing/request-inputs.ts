import { EXAMPLE_KEY, joinLines } from '../../protocol/handshake/head/example-heads.ts';
import type { Input, Variants } from './case.ts';

/** Where both servers listen. */
export const HOST = 'localhost:8080';

const KEY_LINE = `Sec-WebSocket-Key: ${EXAMPLE_KEY}`;

/** A request that keeps every rule, with `lines` added, and with other lines, or none, in place of its own. */
function request(
  path: string,
  lines: readonly string[],
  replaced: Readonly<Record<string, string | undefined>> = {},
): Input {
  const usual = [`Host: ${HOST}`, 'Upgrade: websocket', 'Connection: Upgrade', KEY_LINE, 'Sec-WebSocket-Version: 13'];
  const kept = usual.map((line) => (line in replaced ? replaced[line] : line)).filter((line) => line !== undefined);
  return { kind: 'request', text: joinLines(`GET ${path} HTTP/1.1`, ...kept, ...lines) };
}

const PLAIN_REQUEST = request('/echo', []);

/** A request without faults. */
export function requestText(path: string): string {
  const input = request(path, []);
  return input.kind === 'request' ? input.text : '';
}

const HOST_LINE = `Host: ${HOST}`;

/** The inputs for the mistakes in the opening handshake, by the number of the mistake. */
export const REQUEST_INPUTS: Readonly<Record<number, Variants>> = {
  11: [
    { label: 'with a subprotocol', input: request('/echo', ['Sec-WebSocket-Protocol: chat']) },
    { label: 'without one', input: PLAIN_REQUEST },
  ],
  12: [
    { label: 'chat, superchat', input: request('/echo', ['Sec-WebSocket-Protocol: chat, superchat']) },
    { label: 'chat', input: request('/echo', ['Sec-WebSocket-Protocol: chat']) },
  ],
  13: [
    { label: 'a: b: c', input: request('/echo', ['X-Note: a: b']) },
    { label: 'host in lower case', input: request('/echo', [], { [HOST_LINE]: `host: ${HOST}` }) },
    { label: 'key in lower case', input: request('/echo', [], { [KEY_LINE]: `sec-websocket-key: ${EXAMPLE_KEY}` }) },
  ],
  14: [
    {
      label: 'a plain GET',
      input: request('/echo', [], { 'Upgrade: websocket': undefined, 'Connection: Upgrade': undefined }),
    },
    {
      label: 'version 99',
      input: request('/echo', [], { 'Sec-WebSocket-Version: 13': 'Sec-WebSocket-Version: 99' }),
    },
    { label: 'a bad key', input: request('/echo', [], { [KEY_LINE]: 'Sec-WebSocket-Key: secret' }) },
  ],
  15: [
    { label: 'a foreign page', input: request('/echo', ['Origin: https://evil.example']) },
    { label: 'a page of your own', input: request('/echo', [`Origin: http://${HOST}`]) },
  ],
  16: [
    { label: '/nothing', input: request('/nothing', []) },
    { label: '/echo', input: PLAIN_REQUEST },
  ],
  17: [
    { label: '/echo?x=1', input: request('/echo?x=1', []) },
    { label: '/echo', input: PLAIN_REQUEST },
  ],
};
