import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proxy } from 'framelight/proxy';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';

// A client that must connect again: the proxy cuts the network, as a train in a tunnel does.

test('a client of socket.io connects again after the network was cut, and sends what waited', async () => {
  const http = createServer();
  const server = new Server(http);
  const heard: unknown[] = [];
  server.on('connection', (socket) => socket.on('say', (word, done) => done(heard.push(word))));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const between = await proxy(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`);
  const client = io(`http://127.0.0.1:${between.port}`, { transports: ['websocket'], reconnectionDelay: 10 });
  onTestFinished(async () => {
    client.close();
    await between.close();
    await server.close();
  });

  expect(await client.emitWithAck('say', 'before')).toBe(1);
  // 42: a message of engine.io, with an event of socket.io in it. The 0 is the number of the acknowledgment.
  const said = await between.frame(({ direction }) => direction === 'in');
  expect(said.payload.text).toBe('40');
  const event = await between.frame(({ payload }) => payload.text?.startsWith('42') === true);
  expect(event.payload.text).toBe('420["say","before"]');

  const [first] = [client.id];
  const lost = new Promise((resolve) => client.once('disconnect', resolve));
  between.cut('RST');
  expect(await lost).toBe('transport close');
  expect(await client.emitWithAck('say', 'after')).toBe(2);
  expect(client.id).not.toBe(first);
  expect(heard).toEqual(['before', 'after']);
});
