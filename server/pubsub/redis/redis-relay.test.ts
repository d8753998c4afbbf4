import { createClient } from 'redis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeText } from '../../../src/text/utf8.ts';
import type { Message } from '../../connection/handler.ts';
import { HAS_REDIS, NO_REDIS, TestRedis } from '../../testing/redis.ts';
import type { RedisAddress } from './redis-address.ts';
import { openRedisRelay, type RedisRelayOptions } from './redis-relay.ts';

const text = (words: string): Message => ({ opcode: 1, payload: encodeText(words) });

const addressOf = ({ url }: Pick<TestRedis, 'url'>): RedisAddress => ({ url, name: 'the test' });

/** What a test waits for: calls, in order. */
class Inbox<T> {
  readonly all: T[] = [];
  #wake = () => {};

  readonly add = (value: T): void => {
    this.all.push(value);
    this.#wake();
  };

  async until(holds: (all: readonly T[]) => boolean): Promise<void> {
    while (!holds(this.all)) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }
}

async function openRelay(redis: TestRedis, options: RedisRelayOptions = {}) {
  const lines = new Inbox<string>();
  const relay = await openRedisRelay(addressOf(redis), { log: (_kind, event) => lines.add(event), ...options });
  onTestFinished(() => relay.close());
  const has = (words: string) => lines.until((all) => all.some((line) => line.includes(words)));
  return { relay, lines, has };
}

/** What a relay hears on a topic. */
function listen({ relay }: Awaited<ReturnType<typeof openRelay>>, topic: string) {
  const inbox = new Inbox<string>();
  relay.join(topic, ({ opcode, payload }) => inbox.add(`${opcode} ${Buffer.from(payload).toString('latin1')}`));
  return inbox;
}

/** Waits until Redis counts this many subscribers: a subscription takes a moment. */
async function subscribers(redis: TestRedis, topic: string, count: number): Promise<void> {
  const client = await createClient({ url: redis.url }).connect();
  const channel = `framelight:1:${topic}`;
  while ((await client.pubSubNumSub([channel]))[channel] !== count);
  client.destroy();
}

describe.skipIf(!HAS_REDIS)(`over a real Redis${NO_REDIS}`, () => {
  test('text and binary messages reach the other server once, and never the server that sent them', async () => {
    const redis = await TestRedis.start();
    const [one, two] = [await openRelay(redis), await openRelay(redis)];
    const [atOne, atTwo] = [listen(one, 'a'), listen(two, 'a')];
    await subscribers(redis, 'a', 2);
    one.relay.send('a', text('Hello'));
    one.relay.send('a', { opcode: 2, payload: Uint8Array.of(0, 0xff, 0x80) });
    one.relay.send('elsewhere', text('not here'));
    one.relay.send('a', text(''));
    two.relay.send('a', text('back'));
    await atTwo.until((all) => all.length === 3);
    await atOne.until((all) => all.length === 1);
    expect(atTwo.all).toEqual(['1 Hello', '2 \0\xff\x80', '1 ']);
    expect(atOne.all).toEqual(['1 back']);
  });

  test('all topics of a server share one connection that subscribes and one that publishes', async () => {
    const redis = await TestRedis.start();
    const one = await openRelay(redis);
    for (let i = 0; i < 20; i++) listen(one, `topic ${i}`);
    await subscribers(redis, 'topic 19', 1);
    const client = await createClient({ url: redis.url }).connect();
    const all = await client.clientList();
    client.destroy();
    expect(all).toHaveLength(3);
    expect(all.map(({ sub }) => sub).toSorted()).toEqual([0, 0, 20]);
  });

  test('a topic that was left is heard no more, and one that was joined again is heard once', async () => {
    const redis = await TestRedis.start();
    const [one, two] = [await openRelay(redis), await openRelay(redis)];
    const before = listen(two, 'a');
    two.relay.leave('a');
    const after = listen(two, 'a');
    listen(two, 'b');
    await subscribers(redis, 'b', 1);
    one.relay.send('a', text('Hello'));
    await after.until((all) => all.length === 1);
    two.relay.leave('a');
    await subscribers(redis, 'a', 0);
    expect({ before: before.all, after: after.all }).toEqual({ before: [], after: ['1 Hello'] });
  });

  test('while Redis is away nothing is kept, the log says so, and after that all topics are heard again', async () => {
    const redis = await TestRedis.start();
    const [one, two] = [await openRelay(redis), await openRelay(redis)];
    const heard = listen(two, 'a');
    await subscribers(redis, 'a', 1);
    await redis.stop();
    await Promise.all([one.has('is away'), two.has('is away')]);
    for (const words of ['lost', 'as well']) one.relay.send('a', text(words));
    const joinedMeanwhile = listen(two, 'b');
    expect(one.relay.unsentBytes).toBe(0);
    await redis.startAgain();
    await Promise.all([one.has('again'), two.has('again')]);
    await subscribers(redis, 'a', 1);
    await subscribers(redis, 'b', 1);
    one.relay.send('a', text('found'));
    one.relay.send('b', text('found'));
    await heard.until((all) => all.length > 0);
    await joinedMeanwhile.until((all) => all.length > 0);
    expect([heard.all, joinedMeanwhile.all]).toEqual([['1 found'], ['1 found']]);
    expect(one.lines.all).toContain('2 messages (11 bytes) did not reach the other servers.');
  });

  test('a Redis that reads nothing makes no more than the limit wait; the oldest are dropped and counted', async () => {
    const redis = await TestRedis.start();
    const queue = { maxBytes: 300_000, maxMessages: 1000, maxSentBytes: 100_000 };
    const [one, two] = [await openRelay(redis, { queue }), await openRelay(redis)];
    const heard = listen(two, 'a');
    await subscribers(redis, 'a', 1);
    redis.pause();
    for (let i = 0; i < 100; i++) {
      one.relay.send('a', text(`${i}`.padEnd(10_000)));
      expect(one.relay.unsentBytes).toBeLessThanOrEqual(300_000);
    }
    await one.has('Redis is slow');
    redis.resume();
    await heard.until((all) => all.some((words) => words.startsWith('1 99 ')));
    const numbers = heard.all.map((words) => Number.parseInt(words.slice(2), 10));
    // Those that were on their way when Redis stopped, and the newest.
    expect(numbers).toEqual([
      ...Array(9).keys(),
      ...Array.from({ length: numbers.length - 9 }, (_, i) => i + 109 - numbers.length),
    ]);
    expect(numbers).toHaveLength(29);
    await one.relay.close();
    expect(one.lines.all.some((line) => line.startsWith('71 messages '))).toBe(true);
  });

  test('what another program publishes is checked like the bytes of a peer', async () => {
    const redis = await TestRedis.start();
    const one = await openRelay(redis);
    const heard = listen(one, 'a');
    await subscribers(redis, 'a', 1);
    const stranger = await createClient({ url: redis.url }).connect();
    await stranger.publish('framelight:1:a', 'Hello');
    await stranger.publish('framelight:1:a', Buffer.from([1, ...Array(16).fill(7), 0xc3, 0x28]));
    await stranger.publish('framelight:1:a', Buffer.from([1, ...Array(16).fill(7), 0x48, 0x69]));
    stranger.destroy();
    await heard.until((all) => all.length > 0);
    expect(heard.all).toEqual(['1 Hi']);
    expect(one.lines.all.filter((line) => line.includes('was ignored'))).toHaveLength(2);
  });

  test('a wrong password is reported with what to do, and no password is in the log', async () => {
    const redis = await TestRedis.start('--requirepass', 'right-s3cret');
    const url = redis.url.replace('//', '//:wrong-s3cret@');
    const lines: string[] = [];
    const relay = await openRedisRelay({ url, name: redis.url }, { log: (_kind, event) => lines.push(event) });
    await relay.close();
    expect(lines).toEqual([
      expect.stringMatching(/is away \(WRONGPASS.*Check the user and the password in --pubsub\.$/),
    ]);
    expect(lines.join()).not.toContain('s3cret');
    const right = await openRedisRelay({ url: redis.url.replace('//', '//:right-s3cret@'), name: redis.url });
    expect(right.unsentBytes).toBe(0);
    await right.close();
  });
});

test('a Redis that is not there at the start is waited for no longer than its first answer', async () => {
  const lines: string[] = [];
  // Nobody can listen on port 1 here.
  const address = { url: 'redis://127.0.0.1:1', name: 'redis://127.0.0.1:1' };
  const relay = await openRedisRelay(address, { log: (_kind, event) => lines.push(event) });
  relay.send('a', text('Hello'));
  expect(relay.unsentBytes).toBe(0);
  await relay.close();
  expect(lines[0]).toMatch(/^Redis at redis:\/\/127\.0\.0\.1:1 is away \(ECONNREFUSED\)\. Messages reach only/);
  expect(lines).toContain('1 message (5 bytes) did not reach the other servers.');
});
