import { expect, test } from 'vitest';
import { encodeText } from '../../text/utf8.ts';
import { readEndings } from './read-endings.ts';

async function* piecesOf(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let i = 0; i < bytes.length; i += length) yield bytes.subarray(i, i + length);
}

const read = (bytes: Uint8Array, name = 'file', length = 7) =>
  readEndings(piecesOf(bytes, length), name, async () => {});

/** A capture of one connection over raw IP: a request, its 101, and FIN from the server 60 s later. */
function capture(): Uint8Array {
  const request =
    'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
  const response =
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
  const [client, server] = [50000, 8080];
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, 0xa1b2c3d4);
  header.setUint16(4, 2);
  header.setUint16(6, 4);
  header.setUint32(16, 65535);
  header.setUint32(20, 101);
  const packets = [
    packet(0, client, server, 100, 0, 0x02, ''),
    packet(0, server, client, 500, 101, 0x12, ''),
    packet(0.001, client, server, 101, 501, 0x18, request),
    packet(0.002, server, client, 501, 101 + request.length, 0x18, response),
    packet(60.002, server, client, 501 + response.length, 101 + request.length, 0x11, ''),
    packet(60.003, client, server, 101 + request.length, 502 + response.length, 0x11, ''),
  ];
  return Buffer.concat([new Uint8Array(header.buffer), ...packets]);
}

function packet(
  atS: number,
  from: number,
  to: number,
  seq: number,
  ack: number,
  flags: number,
  text: string,
): Uint8Array {
  const payload = encodeText(text);
  const length = 40 + payload.length;
  const bytes = new Uint8Array(16 + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(atS));
  view.setUint32(4, Math.round((atS % 1) * 1e6));
  view.setUint32(8, length);
  view.setUint32(12, length);
  view.setUint8(16, 0x45);
  view.setUint16(18, length);
  view.setUint8(24, 64);
  view.setUint8(25, 6);
  view.setUint32(28, from === 8080 ? 0x7f000002 : 0x7f000001);
  view.setUint32(32, to === 8080 ? 0x7f000002 : 0x7f000001);
  view.setUint16(36, from);
  view.setUint16(38, to);
  view.setUint32(40, seq);
  view.setUint32(44, ack);
  view.setUint8(48, 0x50);
  view.setUint8(49, flags);
  view.setUint16(50, 65535);
  bytes.set(payload, 56);
  return bytes;
}

test.each([7, 100_000])('a capture in pieces of %i bytes', async (length) => {
  expect(await read(capture(), 'a.pcap', length)).toMatchObject({
    form: expect.stringContaining('pcap'),
    more: 0,
    endings: [{ path: '/chat', cause: 'proxy-idle-timeout', tcp: 'FIN', endedBy: 'server', idleMs: 60_000 }],
  });
});

test('a dump', async () => {
  expect(await read(encodeText('88 02 03 e9'))).toMatchObject({ endings: [{ cause: 'server-restarted' }] });
});

test.each([
  ['', 'empty'],
  ['no bytes here!', 'Line 1'],
])('%j has a problem', async (text, words) => {
  expect(await read(encodeText(text))).toEqual({ problem: expect.stringContaining(words) });
});

test('a capture without a WebSocket says so', async () => {
  expect(await read(capture().subarray(0, 24), 'a.pcap')).toEqual({ problem: expect.stringContaining('no WebSocket') });
});
