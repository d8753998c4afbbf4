import type { Message } from '../connection/handler.ts';
import type { PubSub, Subscriber } from './pubsub.ts';
import type { Relay } from './relay.ts';

/**
 * Publishes in this process first, and then to the other servers through a relay.
 *
 * The subscribers here never wait for the relay: they get a message at once, whatever becomes of it elsewhere. So two
 * servers can deliver two messages in different orders, if both are published at about the same time.
 */
export class RelayedPubSub implements PubSub {
  readonly #local: PubSub;
  readonly #relay: Relay;
  readonly #subscribers = new Map<string, number>();

  constructor(local: PubSub, relay: Relay) {
    this.#local = local;
    this.#relay = relay;
  }

  subscribe(topic: string, subscriber: Subscriber): void {
    const count = this.#subscribers.get(topic) ?? 0;
    this.#subscribers.set(topic, count + 1);
    this.#local.subscribe(topic, subscriber);
    if (count === 0) this.#relay.join(topic, (message) => this.#local.publish(topic, message));
  }

  unsubscribe(topic: string, subscriber: Subscriber): void {
    this.#local.unsubscribe(topic, subscriber);
    const count = (this.#subscribers.get(topic) ?? 0) - 1;
    if (count > 0) this.#subscribers.set(topic, count);
    else if (this.#subscribers.delete(topic)) this.#relay.leave(topic);
  }

  publish(topic: string, message: Message): void {
    this.#local.publish(topic, message);
    this.#relay.send(topic, message);
  }
}
