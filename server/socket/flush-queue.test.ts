import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Handler } from '../connection/handler.ts';
import { maskedText, RawPeer } from '../testing/raw-peer.ts';
import { serveRoute } from '../testing/sockets.ts';
import { FlushQueue } from './flush-queue.ts';

test('a turn has one number, and everything added in it is flushed once, at its end', async () => {
  const queue = new FlushQueue();
  let flushed = 0;
  const first = queue.turn;
  queue.add({ flush: () => flushed++ });
  expect([queue.turn, flushed]).toEqual([first, 0]);
  await setImmediate();
  expect(flushed).toBe(1);
  expect(queue.turn).not.toBe(first);
  await setImmediate();
  expect(flushed).toBe(1);
});

test('messages sent outside a read arrive in order, within one turn and over several', async () => {
  const text = (i: number) => ({ opcode: 1 as const, payload: Buffer.from(String(i)) });
  const handler: Handler = {
    async dispatch(event, connection) {
      if (event.type !== 'message') return;
      for (let i = 0; i < 30; i++) {
        if (i % 5 === 0) await setImmediate();
        connection.send(text(i));
      }
    },
  };
  const { port } = await serveRoute({ handler });
  const peer = await RawPeer.open(port, '/');
  peer.send(maskedText('go'));
  for (let i = 0; i < 30; i++) expect((await peer.frame()).payload.toString()).toBe(String(i));
  peer.socket.destroy();
});
