import { LAB_ROOM_PATH, ROOM_NAME, ROOM_PARAMETER } from '../../src/companion/lab.ts';
import type { RequestHead } from '../../src/protocol/handshake/head.ts';
import { parseTarget } from '../../src/protocol/handshake/request-line-checks.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import { type HttpRefusal, refusal } from '../opening/admission.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import type { UpgradeRequest } from '../request/upgrade-request.ts';

/** Why a request for a room cannot be granted: it names none. */
export function admitToRoom({ head }: UpgradeRequest): HttpRefusal | undefined {
  if (ROOM_NAME.test(roomOf(head))) return undefined;
  const sentence = `Name a room: ${ROOM_PARAMETER}= and 16 to 64 of A-Z, a-z, 0-9, "_" and "-".`;
  return refusal(400, sentence, 'no-room-named');
}

/**
 * Sends every message to the open connections of the same room. Two pages that show the same figure
 * at the same time must not hear each other, as they would on one broadcast for all.
 */
export class RoomHandler implements Handler {
  readonly #pubSub: PubSub;
  readonly #topics = new Map<Connection, string>();

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#enter(roomOf(event.request), connection);
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

/** @returns empty where none is named */
function roomOf({ target }: RequestHead): string {
  return new URLSearchParams(parseTarget(target)?.query ?? '').get(ROOM_PARAMETER) ?? '';
}
