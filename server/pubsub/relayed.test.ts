import { expect, test } from 'vitest';
import { encodeText } from '../../src/text/utf8.ts';
import type { Message } from '../connection/handler.ts';
import type { PubSub, Subscriber } from './pubsub.ts';
import type { Relay } from './relay.ts';
import { RelayedPubSub } from './relayed.ts';

const HELLO: Message = { opcode: 1, payload: encodeText('Hello') };
const someone = (): Subscriber => ({ bufferedBytes: 0, send() {}, close() {}, cutOff() {} });

/** Both sides write down what they are asked for. */
function relayed() {
  const calls: string[] = [];
  const listeners = new Map<string, (message: Message) => void>();
  const local: PubSub = {
    subscribe: (topic) => calls.push(`local subscribe ${topic}`),
    unsubscribe: (topic) => calls.push(`local unsubscribe ${topic}`),
    publish: (topic) => calls.push(`local publish ${topic}`),
  };
  const relay: Relay = {
    join(topic, onMessage) {
      calls.push(`join ${topic}`);
      listeners.set(topic, onMessage);
    },
    leave: (topic) => calls.push(`leave ${topic}`),
    send: (topic) => calls.push(`send ${topic}`),
    close: async () => {},
  };
  return { calls, listeners, pubSub: new RelayedPubSub(local, relay) };
}

test('a topic is joined once, with its first subscriber, and left with its last', () => {
  const { calls, pubSub } = relayed();
  const [first, second] = [someone(), someone()];
  pubSub.subscribe('a', first);
  pubSub.subscribe('a', second);
  pubSub.unsubscribe('a', first);
  expect(calls.filter((call) => !call.startsWith('local'))).toEqual(['join a']);
  pubSub.unsubscribe('a', second);
  pubSub.subscribe('a', first);
  expect(calls.filter((call) => !call.startsWith('local'))).toEqual(['join a', 'leave a', 'join a']);
});

test('a message goes to the subscribers here before it goes to the other servers', () => {
  const { calls, pubSub } = relayed();
  pubSub.publish('a', HELLO);
  expect(calls).toEqual(['local publish a', 'send a']);
});

test('what another server publishes is not sent on to the servers again', () => {
  const { calls, listeners, pubSub } = relayed();
  pubSub.subscribe('a', someone());
  calls.length = 0;
  listeners.get('a')?.(HELLO);
  expect(calls).toEqual(['local publish a']);
});
