import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import type { Message } from '../handlers/handler.ts';
import type { PubSub, Subscriber } from './pubsub.ts';

/**
 * Publishes within this process. A server masks nothing, so one frame serves all subscribers, and
 * each message is encoded once. RFC 6455 §5.1.
 */
export class InMemoryPubSub implements PubSub {
  readonly #subscribers = new Map<string, Set<Subscriber>>();
  readonly #maxUnsentBytes: number;

  /** @param maxUnsentBytes a subscriber for whom more is waiting is closed: nobody waits for the slowest */
  constructor(maxUnsentBytes: number) {
    this.#maxUnsentBytes = maxUnsentBytes;
  }

  subscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#subscribers.get(topic);
    if (subscribers) subscribers.add(subscriber);
    else this.#subscribers.set(topic, new Set([subscriber]));
  }

  unsubscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#subscribers.get(topic);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.#subscribers.delete(topic);
  }

  publish(topic: string, { opcode, payload }: Message): void {
    const { buffer, byteOffset, length } = encodeFrame({ opcode, payload });
    const encoded = { opcode, payload, frame: Buffer.from(buffer, byteOffset, length) };
    for (const subscriber of this.#subscribers.get(topic) ?? []) {
      if (subscriber.bufferedBytes <= this.#maxUnsentBytes) subscriber.send(encoded);
      else {
        this.unsubscribe(topic, subscriber);
        subscriber.close(1008, `more than ${this.#maxUnsentBytes} bytes wait to be read`);
      }
    }
  }
}
