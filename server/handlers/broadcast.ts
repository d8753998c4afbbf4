import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { PubSub } from '../pubsub/pubsub.ts';

const TOPIC = 'broadcast';

/** Sends every message to all open connections, including the sender. */
export class Broadcast implements Handler {
  readonly #pubSub: PubSub;

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#pubSub.subscribe(TOPIC, connection);
    else if (event.type === 'message') this.#pubSub.publish(TOPIC, event);
    else if (event.type === 'close') this.#pubSub.unsubscribe(TOPIC, connection);
  }
}
