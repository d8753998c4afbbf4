import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SilentMember } from './silent-member.ts';

test('a member that has stopped makes the bytes wait at the other end until it reads again', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const member = new SilentMember(createConnection((server.address() as AddressInfo).port, '127.0.0.1'), 'a-room');
  const [socket] = await accepted;
  // The member leaves without a word.
  socket.on('error', () => {});
  onTestFinished(() => member.leave());
  const [request] = (await once(socket, 'data')) as [Buffer];
  expect(request.toString()).toMatch(/^GET \/lab\/room\?room=a-room&member=the\+server HTTP\/1\.1\r\n/);
  member.stopReading();
  const piece = Buffer.alloc(1024 * 1024);
  // A write that the system has taken calls back. The first one that it does not take at once fills its buffers.
  for (let taken = true; taken; ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.write(piece, () => resolve());
    await new Promise((turn) => setImmediate(turn));
    taken = await Promise.race([promise.then(() => true), new Promise<false>((turn) => setImmediate(turn, false))]);
  }
  expect(socket.writableLength).toBeGreaterThan(0);
  const drained = once(socket, 'drain');
  member.read();
  await drained;
  expect(member.isOpen).toBe(true);
  member.leave();
  expect(member.isOpen).toBe(false);
});
