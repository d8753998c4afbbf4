import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { OPCODE } from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { Arrivals } from './interop-arrivals.ts';
import { EndpointClient } from './interop-endpoint-client.ts';

let server: WebSocketServer;
let address: string;
const accepted = new Arrivals<WebSocket>();

beforeAll(async () => {
  server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => (offered.has('chat') ? 'chat' : false),
  });
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    accepted.add(socket);
  });
  await once(server, 'listening');
  address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/echo`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

async function open(subprotocols: readonly string[] = []) {
  const client = new EndpointClient(address, subprotocols);
  const event = await client.events.next();
  if (event.type !== 'open') throw new Error(`expected to be open, got ${JSON.stringify(event)}`);
  return { client, open: event, peer: await accepted.next() };
}

async function closeNormally(client: EndpointClient): Promise<void> {
  client.carryOut(client.endpoint.startClosingHandshake(1000));
  expect(await client.closed()).toMatchObject({ closeCode: 1000, clean: true });
}

describe('our client endpoint and a server of the ws package', () => {
  test.each([0, 5, 125, 126, 65_535, 65_536, 1_000_000])('echo a text of %i bytes', async (byteLength) => {
    const { client } = await open();
    const text = 'x'.repeat(byteLength);
    client.carryOut(client.endpoint.sendText(text));
    const { opcode, payload } = await client.message();
    expect(opcode).toBe(OPCODE.text);
    expect(Buffer.from(payload).toString()).toBe(text);
    await closeNormally(client);
  });

  test('echo binary bytes, and a message in fragments as one', async () => {
    const { client } = await open();
    client.carryOut(client.endpoint.sendBinary(Uint8Array.of(0, 255, 128)));
    expect(await client.message()).toMatchObject({ opcode: OPCODE.binary, payload: Uint8Array.of(0, 255, 128) });
    client.carryOut(client.endpoint.sendFragments(OPCODE.text, [encodeText('Hel'), encodeText(''), encodeText('lo')]));
    expect(Buffer.from((await client.message()).payload).toString()).toBe('Hello');
    await closeNormally(client);
  });

  test('ping each other', async () => {
    const { client, peer } = await open();
    client.carryOut(client.endpoint.sendPing(encodeText('there?')));
    expect(await client.events.next()).toEqual({ type: 'pong', payload: encodeText('there?') });
    const pong = once(peer, 'pong');
    peer.ping('and you?');
    expect(await client.events.next()).toEqual({ type: 'ping', payload: encodeText('and you?') });
    expect(String((await pong)[0])).toBe('and you?');
    await closeNormally(client);
  });

  test('agree on the subprotocol that both know, or on none', async () => {
    const known = await open(['x-unknown', 'chat']);
    expect(known.open.subprotocol).toBe('chat');
    await closeNormally(known.client);
    const unknown = await open(['x-unknown']);
    expect(unknown.open.subprotocol).toBeUndefined();
    await closeNormally(unknown.client);
  });

  test('close from our side with a code and a reason', async () => {
    const { client, peer } = await open();
    const closed = once(peer, 'close');
    client.carryOut(client.endpoint.startClosingHandshake(4001, 'enough'));
    expect(await client.closed()).toMatchObject({ closeCode: 4001, clean: true });
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([4001, 'enough']);
  });

  test('close from the side of the server', async () => {
    const { client, peer } = await open();
    const closed = once(peer, 'close');
    peer.close(1001, 'going away');
    expect(await client.closed()).toMatchObject({ closeCode: 1001, reason: 'going away', clean: true });
    expect((await closed)[0]).toBe(1001);
  });

  test('a server that drops TCP leaves 1006', async () => {
    const { client, peer } = await open();
    peer.terminate();
    expect(await client.closed()).toMatchObject({ closeCode: 1006, clean: false });
  });
});

describe('our client endpoint fails a server', () => {
  test.each([
    ['that masks', '818537fa213d7f9f4d5158', 'masked-server-frame', 1002],
    ['that sets RSV1', 'c10548656c6c6f', 'rsv1-set', 1002],
    ['whose text is not UTF-8', '8101ff', 'text-not-utf8', 1007],
    ['that pings with 126 bytes', `897e007e${'00'.repeat(126)}`, 'control-frame-too-long', 1002],
    ['that closes with 1005', '880203ed', 'close-code-1005', 1002],
  ])('%s', async (_name, hex, rule, statusCode) => {
    const { client, peer } = await open();
    const closed = once(peer, 'close');
    // The ws package sends nothing wrong by itself: the bytes go past it.
    (peer as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from(hex, 'hex'));
    expect((await client.closed()).violation?.rule).toBe(rule);
    expect((await closed)[0]).toBe(statusCode);
  });
});
