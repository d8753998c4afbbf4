import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Memory } from '../../src/bytes/memory/memory.ts';
import { SendMemory } from '../../src/bytes/memory/send-memory.ts';
import { OPCODE, Sender } from '../../src/protocol/index.ts';
import { connectedPair } from '../testing/connected-pair.ts';
import { FlushQueue } from './flush-queue.ts';
import { ReadTurns } from './read-turns.ts';
import { Transport, type TransportServices } from './transport.ts';

/** A transport that sends from memory which all transports share, and its far end. */
async function openTransport(services: TransportServices, memory: Memory) {
  const { near, far } = await connectedPair();
  const owner = { receive() {}, receiveEnd() {}, unsentChanged() {} };
  const sender = new Sender(memory);
  const transport = new Transport(near, owner, services, undefined);
  let sent = '';
  return {
    far,
    transport,
    send(text: string) {
      sent += text;
      transport.cork();
      for (const { bytes } of sender.message(OPCODE.text, Buffer.from(text))) transport.write(bytes);
      transport.flush();
    },
    /** Compares the bytes that were sent with those that arrived. */
    async compare(): Promise<void> {
      let received = '';
      far.on('data', (chunk) => {
        // Remove everything but the payloads, which are digits.
        received += chunk.toString('latin1').replace(/\D/g, '');
      });
      transport.end();
      await once(far, 'end');
      expect(received === sent).toBe(true);
    },
  };
}

test('bytes that wait for a slow peer are not overwritten by frames for others', async () => {
  const memory = new SendMemory();
  const services: TransportServices = {
    flushQueue: new FlushQueue(),
    limits: { maxUnsentBytes: 1 << 20 },
    log: undefined,
    memory,
    readTurns: new ReadTurns(),
    pieces: undefined,
  };
  const [slow, quick] = [await openTransport(services, memory), await openTransport(services, memory)];
  // Digits: no header byte is an ASCII digit.
  const text = (i: number) => String(i).padStart(200, '0');
  let i = 0;
  // When the system's buffers are full, bytes wait in the transport.
  while (slow.transport.unsentBytes < 10_000) slow.send(text(i++));
  for (let j = 0; j < 1000; j++) quick.send(text(j));
  await Promise.all([slow.compare(), quick.compare()]);
});

test('a connection whose reads take long reads once in a turn of the event loop, and gets every byte', async () => {
  // By this clock each read takes 7 ms.
  let nowMs = 0;
  const readTurns = new ReadTurns(() => (nowMs += 7));
  const services: TransportServices = {
    flushQueue: new FlushQueue(),
    limits: { maxUnsentBytes: 1 << 20 },
    log: undefined,
    memory: new SendMemory(),
    readTurns,
    pieces: undefined,
  };
  const { near, far } = await connectedPair();
  let readsInTurn = 0;
  let mostInTurn = 0;
  let receivedBytes = 0;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const owner = {
    receive(chunk: Uint8Array) {
      if (readsInTurn++ === 0) setImmediate(() => (readsInTurn = 0));
      mostInTurn = Math.max(mostInTurn, readsInTurn);
      receivedBytes += chunk.length;
    },
    receiveEnd: () => resolve(),
    unsentChanged() {},
  };
  new Transport(near, owner, services, undefined);
  far.end(Buffer.alloc(1 << 20));
  await ended;
  expect({ mostInTurn, receivedBytes }).toEqual({ mostInTurn: 1, receivedBytes: 1 << 20 });
});
