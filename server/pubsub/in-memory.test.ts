import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/text/utf8.ts';
import { MemoryBudget } from '../bounds/memory-budget.ts';
import type { Message, SharedMessage } from '../connection/handler.ts';
import { InMemoryPubSub } from './in-memory.ts';
import type { Subscriber } from './pubsub.ts';

class Recorded implements Subscriber {
  readonly sent: SharedMessage[] = [];
  readonly closed: (number | undefined)[] = [];
  readonly cutOffs: number[] = [];
  bufferedBytes = 0;
  send(message: Message | SharedMessage) {
    if ('frame' in message) this.sent.push(message);
  }
  close(statusCode?: number) {
    this.closed.push(statusCode);
  }
  cutOff(statusCode: number) {
    this.cutOffs.push(statusCode);
  }
}

const HELLO: Message = { opcode: 1, payload: encodeText('Hello') };

describe('a message', () => {
  test('goes to all subscribers of its topic, as one and the same frame', () => {
    const pubSub = new InMemoryPubSub(1000, new MemoryBudget());
    const [first, second, elsewhere] = [new Recorded(), new Recorded(), new Recorded()];
    pubSub.subscribe('a', first);
    pubSub.subscribe('a', second);
    pubSub.subscribe('b', elsewhere);
    pubSub.publish('a', HELLO);
    expect(Buffer.from(first.sent[0]?.frame ?? []).toString('hex')).toBe('810548656c6c6f');
    expect(second.sent[0]?.frame).toBe(first.sent[0]?.frame);
    expect(elsewhere.sent).toEqual([]);
  });

  test('does not go to a subscriber that has left', () => {
    const pubSub = new InMemoryPubSub(1000, new MemoryBudget());
    const subscriber = new Recorded();
    pubSub.subscribe('a', subscriber);
    pubSub.unsubscribe('a', subscriber);
    pubSub.publish('a', HELLO);
    expect(subscriber.sent).toEqual([]);
  });

  test('closes a subscriber with too many unread bytes with 1008, once, and reaches the others', () => {
    const pubSub = new InMemoryPubSub(1000, new MemoryBudget());
    const [slow, quick] = [new Recorded(), new Recorded()];
    slow.bufferedBytes = 1001;
    quick.bufferedBytes = 1000;
    pubSub.subscribe('a', slow);
    pubSub.subscribe('a', quick);
    pubSub.publish('a', HELLO);
    pubSub.publish('a', HELLO);
    expect(slow.closed).toEqual([1008]);
    expect(slow.sent).toEqual([]);
    expect(quick.sent).toHaveLength(2);
  });
});
