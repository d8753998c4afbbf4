import { memberNameOf } from '../../src/companion/lab/members.ts';
import { LAB_ROOM_PATH } from '../../src/companion/lab.ts';
import { roomOf } from '../../src/companion/policy/room.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import { RoomMember } from './room-member.ts';

interface Entered {
  readonly room: string;
  readonly member: RoomMember;
}

/**
 * Sends every message to the open connections of the same room. If two pages show the same figure at the same time,
 * each has its own room and they do not hear each other.
 */
export class RoomHandler implements Handler {
  readonly #pubSub: PubSub;
  readonly #entered = new Map<Connection, Entered>();
  readonly #rooms = new Map<string, Set<RoomMember>>();

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  /** The members of a room, in the order in which they came. */
  membersOf(room: string): readonly RoomMember[] {
    return [...(this.#rooms.get(room) ?? [])];
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#enter(event.accepted?.query ?? '', connection);
    const entered = this.#entered.get(connection);
    if (entered === undefined) return;
    if (event.type === 'message') this.#pubSub.publish(topicOf(entered.room), event);
    else if (event.type === 'close') this.#leave(entered, connection);
  }

  #enter(query: string, connection: Connection): void {
    const room = roomOf(query);
    const member = new RoomMember(memberNameOf(query), connection);
    const members = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, members.add(member));
    this.#entered.set(connection, { room, member });
    this.#pubSub.subscribe(topicOf(room), member);
  }

  #leave({ room, member }: Entered, connection: Connection): void {
    this.#pubSub.unsubscribe(topicOf(room), member);
    this.#entered.delete(connection);
    const members = this.#rooms.get(room);
    members?.delete(member);
    if (members?.size === 0) this.#rooms.delete(room);
  }
}

function topicOf(room: string): string {
  return `${LAB_ROOM_PATH} ${room}`;
}
