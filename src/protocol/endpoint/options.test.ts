import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { Effect } from './effects.ts';
import { Endpoint } from './endpoint.ts';
import type { ServerOptions } from './options.ts';
import { Receiver } from './receiver.ts';

const HEAD = [
  'GET / HTTP/1.1',
  'Host: localhost',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

/** What a server with these options does upon a right request. */
function open(options: Omit<ServerOptions, 'role'>): { readonly endpoint: Endpoint; readonly effects: Effect[] } {
  const endpoint = new Endpoint({ role: 'server', ...options });
  return { endpoint, effects: [...endpoint.receive(new Uint8Array(Buffer.from(HEAD)))] };
}

const written = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'write' ? [Buffer.from(effect.bytes).toString('latin1')] : [])).join('');

test('the accept is computed by the one who was given, from the key', () => {
  const keys: string[] = [];
  const computeAccept = (key: string) => {
    keys.push(key);
    return 'computed elsewhere';
  };
  expect(written(open({ computeAccept }).effects)).toContain('Sec-WebSocket-Accept: computed elsewhere\r\n');
  expect(keys).toEqual(['dGhlIHNhbXBsZSBub25jZQ==']);
  expect(written(open({}).effects)).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
});

test('the receiver that was given receives, with the limits, from a client', () => {
  const made: [string, Limits][] = [];
  const createReceiver = (peer: 'client', limits: Limits) => {
    made.push([peer, limits]);
    return new Receiver(peer, limits);
  };
  const { endpoint } = open({ createReceiver, limits: { maxMessageBytes: 4 } });
  const effects = [...endpoint.receive(bytesOf('818537fa213d7f9f4d5158'))];
  expect(made).toEqual([['client', { ...DEFAULT_LIMITS, maxMessageBytes: 4 }]]);
  // 1009: five bytes are one too many.
  expect(
    effects.some((effect) => effect.type === 'write' && effect.bytes[2] === 0x03 && effect.bytes[3] === 0xf1),
  ).toBe(true);
});
