import { formatHex } from '../../bytes/hex.ts';
import { LAB_MEMBERS_PATH, LAB_ROOM_PATH, ROOM_PARAMETER } from '../../companion/lab/addresses.ts';
import { MEMBER_PARAMETER, type MemberOrder, parseRoomState, type RoomState } from '../../companion/lab/members.ts';
import { MESSAGE_BYTES } from './model.ts';

interface Listener {
  room(state: RoomState): void;
  /** B has received a message. */
  received(): void;
  lost(why: string): void;
}

const RANDOM_BYTES = 16;

/** A and B are WebSockets of this page. C is a client that the companion opens: a browser's cannot stop reading. */
export class LiveRoom {
  readonly #room = formatHex(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));
  readonly #watch: WebSocket;
  readonly #members: readonly WebSocket[];
  readonly #message = new Uint8Array(MESSAGE_BYTES);
  #back: (() => void) | undefined;

  constructor(listener: Listener) {
    const lose = (): void => {
      this.stop();
      listener.lost('The companion closed the lab, or it is gone.');
    };
    this.#watch = this.#open(LAB_MEMBERS_PATH);
    this.#watch.onopen = () => this.order('join');
    this.#watch.onmessage = ({ data }) => {
      const state = parseRoomState(String(data));
      if (state !== undefined) listener.room(state);
    };
    this.#members = ['A', 'B'].map((name) => this.#open(LAB_ROOM_PATH, `&${MEMBER_PARAMETER}=${name}`));
    const [sender, other] = this.#members;
    if (sender !== undefined) sender.onmessage = () => this.#back?.();
    if (other !== undefined) other.onmessage = () => listener.received();
    for (const socket of [this.#watch, ...this.#members]) socket.onclose = lose;
  }

  order(order: MemberOrder): void {
    if (this.#watch.readyState === WebSocket.OPEN) this.#watch.send(order);
  }

  /** A sends a message. Resolves when A has its own copy back, so that the server is never asked for more than it does. */
  send(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#back = resolve;
    this.#members[0]?.send(this.#message);
    return promise;
  }

  get isReady(): boolean {
    return this.#members.every(({ readyState }) => readyState === WebSocket.OPEN);
  }

  stop(): void {
    for (const socket of [this.#watch, ...this.#members]) {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    }
    this.#back?.();
  }

  #open(path: string, more = ''): WebSocket {
    return new WebSocket(`${path}?${ROOM_PARAMETER}=${this.#room}${more}`);
  }
}
