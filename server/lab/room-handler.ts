import { LAB_ROOM_PATH } from '../../src/companion/lab.ts';
import { roomOf } from '../../src/companion/policy/room.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { PubSub } from '../pubsub/pubsub.ts';

/**
 * Sends every message to the open connections of the same room. If two pages show the same figure at the same time,
 * each has its own room and they do not hear each other.
 */
export class RoomHandler implements Handler {
  readonly #pubSub: PubSub;
  readonly #topics = new Map<Connection, string>();

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#enter(roomOf(event.accepted?.query ?? ''), connection);
    const topic = this.#topics.get(connection);
    if (topic === undefined) return;
    if (event.type === 'message') this.#pubSub.publish(topic, event);
    if (event.type !== 'close') return;
    this.#pubSub.unsubscribe(topic, connection);
    this.#topics.delete(connection);
  }

  #enter(room: string, connection: Connection): void {
    const topic = `${LAB_ROOM_PATH} ${room}`;
    this.#topics.set(connection, topic);
    this.#pubSub.subscribe(topic, connection);
  }
}
