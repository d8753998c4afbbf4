import { once } from 'node:events';
import { expect, test } from 'vitest';
import { DUMP_JSON_SUBPROTOCOL } from '../src/companion/paths.ts';
import { withCompanion } from './interop-companion.ts';

const address = withCompanion();

async function open(path: string, subprotocols: string[] = []): Promise<WebSocket> {
  const socket = new WebSocket(address(path), subprotocols);
  socket.binaryType = 'arraybuffer';
  await once(socket, 'open');
  return socket;
}

async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [event] = (await once(socket, 'message')) as [MessageEvent];
  return event.data;
}

test.each(['Grüße, \u{1F44B}', '', 'x'.repeat(70_000)])("Node's own WebSocket gets its text back", async (text) => {
  const socket = await open('/echo');
  const echo = nextMessage(socket);
  socket.send(text);
  expect(await echo).toBe(text);
  socket.close();
  await once(socket, 'close');
});

test("Node's own WebSocket gets its bytes back", async () => {
  const socket = await open('/echo');
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256);
  const echo = nextMessage(socket);
  socket.send(bytes);
  expect(new Uint8Array((await echo) as ArrayBuffer)).toEqual(bytes);
  socket.close();
  await once(socket, 'close');
});

test("Node's own WebSocket is told the code it closed with, and that the end was clean", async () => {
  const socket = await open('/echo');
  const closed = once(socket, 'close');
  socket.close(4000, 'done');
  const [event] = (await closed) as [CloseEvent];
  expect(event).toMatchObject({ code: 4000, wasClean: true });
});

test("Node's own WebSocket speaks dump.json where it offers it", async () => {
  const socket = await open('/dump', [DUMP_JSON_SUBPROTOCOL]);
  expect(socket.protocol).toBe(DUMP_JSON_SUBPROTOCOL);
  const dump = nextMessage(socket);
  socket.send('Hello');
  expect(JSON.parse(String(await dump))).toMatchObject({ payload: { text: 'Hello' }, violations: [] });
  socket.close();
  await once(socket, 'close');
});
