import type { Socket } from 'node:net';
import { MAX_ROOM_UNSENT_BYTES, type RoomMemberState, type RoomState } from '../../src/companion/lab/members.ts';
import { roomOf } from '../../src/companion/policy/room.ts';
import { OPCODE } from '../../src/protocol/index.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { RoomHandler } from './room-handler.ts';
import type { RoomMember } from './room-member.ts';
import { SilentMember } from './silent-member.ts';

export const MEMBERS_LIMITS = { maxMessageBytes: 64 };

const LOOK_INTERVAL_MS = 100;
/** The limit for all pages together. */
const MAX_WATCHERS = 16;
/** A room may have more; a page sees the first ones. */
const MAX_MEMBERS_SHOWN = 16;

/**
 * Shows a page the members of its room, with the bytes that wait for each, and opens one more that can stop reading. The
 * page cannot choose where that one connects to.
 */
export class MembersHandler implements Handler {
  readonly #rooms: RoomHandler;
  readonly #dial: () => Socket;
  readonly #watchers = new Map<Connection, Watcher>();

  /** @param dial connects to the address that this server listens on */
  constructor(rooms: RoomHandler, dial: () => Socket) {
    this.#rooms = rooms;
    this.#dial = dial;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#open(roomOf(event.accepted?.query ?? ''), connection);
    else if (event.type === 'message') this.#watchers.get(connection)?.order(decodeText(event.payload) ?? '');
    else if (event.type === 'close') {
      this.#watchers.get(connection)?.stop();
      this.#watchers.delete(connection);
    }
  }

  #open(room: string, connection: Connection): void {
    if (this.#watchers.size >= MAX_WATCHERS)
      connection.close(1013, 'too many pages use the lab; try again in a moment');
    else this.#watchers.set(connection, new Watcher(room, connection, this.#rooms, this.#dial));
  }
}

/** One page that looks at its room. */
class Watcher {
  readonly #room: string;
  readonly #connection: Connection;
  readonly #rooms: RoomHandler;
  readonly #dial: () => Socket;
  readonly #timer: NodeJS.Timeout;
  #silent: SilentMember | undefined;
  #told = '';

  constructor(room: string, connection: Connection, rooms: RoomHandler, dial: () => Socket) {
    this.#room = room;
    this.#connection = connection;
    this.#rooms = rooms;
    this.#dial = dial;
    this.#timer = setInterval(() => this.#tell(), LOOK_INTERVAL_MS);
    this.#tell();
  }

  /** @param order one of MemberOrder; anything else is ignored */
  order(order: string): void {
    if (order === 'join' && !this.#silent?.isOpen) this.#silent = new SilentMember(this.#dial(), this.#room);
    if (order === 'stop-reading') this.#silent?.stopReading();
    if (order === 'read') this.#silent?.read();
    if (order === 'leave') this.#silent?.leave();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#silent?.leave();
  }

  #tell(): void {
    const members = this.#rooms.membersOf(this.#room).slice(0, MAX_MEMBERS_SHOWN).map(stateOf);
    const state: RoomState = { type: 'members', maxUnsentBytes: MAX_ROOM_UNSENT_BYTES, members };
    const text = JSON.stringify(state);
    if (text === this.#told) return;
    this.#told = text;
    this.#connection.send({ opcode: OPCODE.text, payload: encodeText(text) });
  }
}

function stateOf({ name, bufferedBytes, closed }: RoomMember): RoomMemberState {
  const { statusCode, reason = '' } = closed ?? {};
  return {
    name,
    unsentBytes: bufferedBytes,
    ...(closed && { closed: { reason, ...(statusCode !== undefined && { statusCode }) } }),
  };
}
