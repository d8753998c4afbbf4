import { expect, test } from 'vitest';
import { type Queued, SendQueue } from './send-queue.ts';

/** A queue whose sender confirms when the test says so. */
function queue(maxBytes: number, maxSentBytes: number, maxMessages = 100) {
  const sent: string[] = [];
  const lost: [number, number][] = [];
  const settle: { resolve(): void; reject(error: Error): void }[] = [];
  const send = ({ topic }: Queued) => {
    sent.push(topic);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    settle.push({ resolve, reject });
    return promise;
  };
  const made = new SendQueue({ maxBytes, maxSentBytes, maxMessages }, send, (messages, bytes) =>
    lost.push([messages, bytes]),
  );
  const add = (topic: string, byteLength: number) => made.add({ topic, bytes: Buffer.alloc(byteLength) });
  return { queue: made, add, sent, lost, settle };
}

test('messages are sent in order, and no more at a time than may be on their way', async () => {
  const { queue: made, add, sent, settle } = queue(1000, 20);
  for (const name of ['a', 'b', 'c', 'd']) add(name, 10);
  expect(sent).toEqual(['a', 'b']);
  expect(made.unsentBytes).toBe(40);
  settle[0]?.resolve();
  await Promise.resolve();
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(made.unsentBytes).toBe(30);
});

test('above the limit the oldest that wait are dropped, and counted', async () => {
  const { queue: made, add, sent, lost, settle } = queue(50, 20);
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) add(name, 10);
  expect(sent).toEqual(['a', 'b']);
  expect(lost).toEqual([
    [1, 10],
    [1, 10],
  ]);
  expect(made.unsentBytes).toBe(50);
  settle[0]?.resolve();
  settle[1]?.resolve();
  await Promise.resolve();
  // "c" and "d" were the oldest that waited.
  expect(sent).toEqual(['a', 'b', 'e', 'f']);
});

test('so are those above the limit of messages, however short they are', () => {
  const { add, lost } = queue(1000, 1, 3);
  for (let i = 0; i < 6; i++) add('short', 1);
  expect(lost).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test('a message that is longer than the limit is sent if nothing else is there, and waits for nobody', () => {
  const { add, sent, lost } = queue(50, 20);
  add('long', 100);
  expect({ sent, lost }).toEqual({ sent: ['long'], lost: [] });
  add('next', 10);
  expect({ sent, lost }).toEqual({ sent: ['long'], lost: [[1, 10]] });
});

test('a message that did not arrive is counted as lost, and the next one is sent', async () => {
  const { add, sent, lost, settle } = queue(50, 10);
  add('a', 10);
  add('b', 10);
  settle[0]?.reject(new Error('gone'));
  await Promise.resolve();
  await Promise.resolve();
  expect(lost).toEqual([[1, 10]]);
  expect(sent).toEqual(['a', 'b']);
});

test('what waits can be dropped at once', () => {
  const { queue: made, add, lost } = queue(50, 10);
  add('a', 10);
  add('b', 10);
  add('c', 10);
  made.clear();
  expect(lost).toEqual([[2, 20]]);
  expect(made.unsentBytes).toBe(10);
});
