import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Memory } from '../../src/bytes/memory/memory.ts';
import { SendMemory } from '../../src/bytes/memory/send-memory.ts';
import { Sender } from '../../src/protocol/endpoint/sender.ts';
import { OPCODE } from '../../src/protocol/framing/opcode.ts';
import { connectedPair } from '../testing/connected-pair.ts';
import { FlushQueue } from './flush-queue.ts';
import { Transport, type TransportServices } from './transport.ts';

/** A transport that sends what it is told from memory that all of them share, and its far end. */
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
      transport.gather();
      for (const { bytes } of sender.message(OPCODE.text, Buffer.from(text))) transport.write(bytes);
      transport.flush();
    },
    /** What was sent, and as much of what came. */
    async compare(): Promise<void> {
      let received = '';
      far.on('data', (chunk) => {
        // All but the payloads, which are digits.
        received += chunk.toString('latin1').replace(/\D/g, '');
      });
      transport.end();
      await once(far, 'end');
      expect(received === sent).toBe(true);
    },
  };
}

test('what a slow peer has yet to read is not written over by what is sent to others', async () => {
  const memory = new SendMemory();
  const services: TransportServices = {
    flushQueue: new FlushQueue(),
    limits: { maxUnsentBytes: 1 << 20 },
    log: undefined,
    memory,
    turns: undefined,
  };
  const [slow, quick] = [await openTransport(services, memory), await openTransport(services, memory)];
  // Digits, of which neither a header's first byte nor its length is one.
  const text = (i: number) => String(i).padStart(200, '0');
  let i = 0;
  // The system takes what it has room for; then bytes wait here.
  while (slow.transport.unsentBytes < 10_000) slow.send(text(i++));
  for (let j = 0; j < 1000; j++) quick.send(text(j));
  await Promise.all([slow.compare(), quick.compare()]);
});
