import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { connectedPair } from '../testing/connected-pair.ts';
import { READ_BUFFER } from './read-buffer.ts';
import { shareReadBuffer } from './shared-reads.ts';
import { type SocketUser, useSocket } from './socket-user.ts';

/** Keeps the bytes that it reads, and the buffer of each read. */
class Reader implements SocketUser {
  readonly pieces: Buffer[] = [];
  readonly buffers = new Set<ArrayBuffer>();
  readonly end = Promise.withResolvers<void>();
  read(chunk: Uint8Array<ArrayBuffer>) {
    this.pieces.push(Buffer.from(chunk));
    this.buffers.add(chunk.buffer);
  }
  drained() {}
  ended() {
    this.end.resolve();
  }
  failed() {}
  closed() {}
}

const SENT = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => i % 251));

const noKeys = (socket: Socket) => shareReadBuffer(socket, null);
const otherKeys = (socket: Socket) =>
  shareReadBuffer(socket, { buffer: Symbol('buffer'), callback: Symbol('callback') });

test.each([
  ['shares its buffer', shareReadBuffer, true],
  ['is not found inside', noKeys, false],
  ['is another inside', otherKeys, false],
] as const)('where a socket %s, its user reads the same bytes to the end', async (_, share, shares) => {
  const { near, far } = await connectedPair();
  const reader = new Reader();
  useSocket(near, reader);
  expect(share(near)).toBe(shares);
  far.end(SENT);
  await reader.end.promise;
  expect(Buffer.concat(reader.pieces).equals(SENT)).toBe(true);
  if (shares) expect([...reader.buffers]).toEqual([READ_BUFFER.buffer]);
  else expect(reader.buffers.has(READ_BUFFER.buffer)).toBe(false);
});

test('a buffer that is shared in the middle of a stream loses no bytes', async () => {
  const { near, far } = await connectedPair();
  const reader = new Reader();
  let first = true;
  useSocket(near, {
    read(chunk) {
      reader.read(chunk);
      if (first) shareReadBuffer(near);
      first = false;
    },
    drained() {},
    ended: () => reader.ended(),
    failed() {},
    closed() {},
  });
  far.write(SENT.subarray(0, 100_000));
  far.end(SENT.subarray(100_000));
  await reader.end.promise;
  expect(Buffer.concat(reader.pieces).equals(SENT)).toBe(true);
  expect(reader.buffers.has(READ_BUFFER.buffer)).toBe(true);
});

test('a paused socket reads nothing, and continues where it stopped', async () => {
  const { near, far } = await connectedPair();
  const reader = new Reader();
  useSocket(near, reader);
  shareReadBuffer(near);
  near.pause();
  far.end(SENT);
  // When the far end has its answer, the near end's event loop has had every chance to read.
  near.write('?');
  await once(far, 'readable');
  expect(reader.pieces).toEqual([]);
  near.resume();
  await reader.end.promise;
  expect(Buffer.concat(reader.pieces).equals(SENT)).toBe(true);
});
