import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { encodeText } from '../../text/utf8.ts';
import { encodeFrame } from '../framing/frame.ts';
import { OPCODE } from '../framing/opcode.ts';
import type { Effect } from './effects.ts';
import { Endpoint } from './endpoint.ts';
import type { ServerOptions } from './options.ts';

const HEAD = [
  'GET / HTTP/1.1',
  'Host: localhost',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

/** The effects of a server with these options after a legal request. */
function open(options: Omit<ServerOptions, 'role'>): { readonly endpoint: Endpoint; readonly effects: Effect[] } {
  const endpoint = new Endpoint({ role: 'server', ...options });
  return { endpoint, effects: [...endpoint.receive(new Uint8Array(Buffer.from(HEAD)))] };
}

const written = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'write' ? [Buffer.from(effect.bytes).toString('latin1')] : [])).join('');

test('the accept is computed from the key by the function that is given', () => {
  const keys: string[] = [];
  const computeAccept = (key: string) => {
    keys.push(key);
    return 'computed elsewhere';
  };
  expect(written(open({ computeAccept }).effects)).toContain('Sec-WebSocket-Accept: computed elsewhere\r\n');
  expect(keys).toEqual(['dGhlIHNhbXBsZSBub25jZQ==']);
  expect(written(open({}).effects)).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
});

test('the UTF-8 check of the platform is used if it is given', () => {
  const asked: number[] = [];
  const isUtf8 = (bytes: Uint8Array) => asked.push(bytes.length) > 0;
  const { endpoint } = open({ isUtf8 });
  const text = encodeFrame({ opcode: OPCODE.text, payload: encodeText('ü'.repeat(100)), maskingKey: 0x37fa213d });
  expect([...endpoint.receive(text)]).toMatchObject([{ event: { type: 'message' } }]);
  // All bytes except the last character, which might be cut.
  expect(asked).toEqual([198]);
});

test('the limits that are given apply', () => {
  const { endpoint } = open({ limits: { maxMessageBytes: 4 } });
  const effects = [...endpoint.receive(bytesOf('818537fa213d7f9f4d5158'))];
  // 1009: five bytes are one too many.
  expect(
    effects.some((effect) => effect.type === 'write' && effect.bytes[2] === 0x03 && effect.bytes[3] === 0xf1),
  ).toBe(true);
});
