import { TRY_AGAIN_LATER } from '../../src/protocol/index.ts';
import { type MemoryBudget, type MemoryHolder, slowestOf } from '../bounds/memory-budget.ts';
import { type EncodedMessage, encodeMessage } from '../connection/encoded-message.ts';
import type { Message } from '../connection/handler.ts';
import type { PubSub, Subscriber } from './pubsub.ts';

/**
 * Publishes within this process. A server does not mask, so each message is encoded once, and the same frame goes to
 * all subscribers. RFC 6455 §5.1.
 */
export class InMemoryPubSub implements PubSub {
  readonly #topics = new Map<string, Topic>();
  readonly #maxUnsentBytes: number;
  readonly #budget: MemoryBudget;

  /** @param maxUnsentBytes a subscriber with more unread bytes is closed, so that nobody waits for the slowest */
  constructor(maxUnsentBytes: number, budget: MemoryBudget) {
    this.#maxUnsentBytes = maxUnsentBytes;
    this.#budget = budget;
  }

  subscribe(topic: string, subscriber: Subscriber): void {
    const known = this.#topics.get(topic) ?? new Topic(this.#maxUnsentBytes, this.#budget);
    this.#topics.set(topic, known);
    known.subscribers.add(subscriber);
  }

  unsubscribe(topic: string, subscriber: Subscriber): void {
    const known = this.#topics.get(topic);
    known?.subscribers.delete(subscriber);
    if (known?.subscribers.size !== 0) return;
    known.forget();
    this.#topics.delete(topic);
  }

  publish(topic: string, { opcode, payload }: Message): void {
    this.#topics.get(topic)?.send(encodeMessage(opcode, payload));
  }
}

class Topic implements MemoryHolder {
  readonly subscribers = new Set<Subscriber>();
  readonly #maxUnsentBytes: number;
  readonly #budget: MemoryBudget;

  constructor(maxUnsentBytes: number, budget: MemoryBudget) {
    this.#maxUnsentBytes = maxUnsentBytes;
    this.#budget = budget;
  }

  send(message: EncodedMessage): void {
    // All subscribers share the bytes of a message, so only the slowest counts.
    let unsentBytes = 0;
    for (const subscriber of this.subscribers) {
      const { bufferedBytes } = subscriber;
      if (bufferedBytes > this.#maxUnsentBytes) {
        this.subscribers.delete(subscriber);
        subscriber.close(1008, `more than ${this.#maxUnsentBytes} bytes are unread`);
        continue;
      }
      unsentBytes = Math.max(unsentBytes, bufferedBytes);
      subscriber.send(message);
    }
    this.#budget.hold(this, unsentBytes);
  }

  forget(): void {
    this.#budget.hold(this, 0);
  }

  giveUp(): void {
    for (const subscriber of slowestOf(this.subscribers)) {
      subscriber.cutOff(TRY_AGAIN_LATER, 'too slow to read what others send, and the server needs the memory');
    }
  }
}
