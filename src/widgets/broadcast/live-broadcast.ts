import { formatHex } from '../../bytes/hex.ts';
import { BROADCAST_PATH } from '../../companion/paths.ts';
import type { WireMessage } from '../../inspector/wire/wire.ts';
import { encodeText } from '../../text/utf8.ts';
import { dataFrameOf } from '../base/own-frames/message.ts';
import { Tap } from '../base/source/tap.ts';
import type { BroadcastEvent, Member } from './events.ts';

interface Listener {
  happened(events: readonly BroadcastEvent[]): void;
  lost(why: string): void;
}

const MEMBER_PARAMETER = 'member';

/** Members that are WebSockets of this page; what the first companion reads and writes is watched through its tap. */
export class LiveBroadcast {
  readonly #listener: Listener;
  readonly #secondPort: number | undefined;
  readonly #tap: Tap;
  readonly #sockets = new Map<string, WebSocket>();
  /** The tap numbers the connections; a member's request says which one is its own. */
  readonly #names = new Map<number, string>();
  #waiting: Member[] | undefined;
  /** What was said before all members had joined: they are all to hear it. */
  readonly #unsaid: (readonly [name: string, text: string])[] = [];

  /** @param secondPort of the second companion, on this machine */
  constructor(members: readonly Member[], listener: Listener, secondPort?: number) {
    this.#listener = listener;
    this.#secondPort = secondPort;
    this.#waiting = [...members];
    this.#tap = new Tap({
      opened: () => {
        const waiting = this.#waiting ?? [];
        this.#waiting = undefined;
        for (const member of waiting) this.join(member);
      },
      heard: (message) => this.#watch(message),
      lost: (why) => {
        this.stop();
        listener.lost(why);
      },
    });
  }

  join(member: Member): void {
    if (this.#waiting !== undefined) {
      this.#waiting.push(member);
      return;
    }
    const { name, server } = member;
    const path = `${BROADCAST_PATH}?${MEMBER_PARAMETER}=${name}`;
    const socket = new WebSocket(server === 0 ? this.#tap.watched(path) : `ws://localhost:${this.#secondPort}${path}`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#listener.happened([{ type: 'joined', member }]);
      if (!this.#isJoining) for (const said of this.#unsaid.splice(0)) this.say(...said);
    };
    socket.onmessage = ({ data }) => this.#listener.happened([heardEvent(name, data as string | ArrayBuffer)]);
    socket.onclose = () => {
      if (server === 1) {
        this.stop();
        this.#listener.lost(`No companion answers at ws://localhost:${this.#secondPort}${BROADCAST_PATH}.`);
      } else this.#listener.happened([{ type: 'left', name }]);
    };
    this.#sockets.set(name, socket);
  }

  leave(name: string): void {
    this.#sockets.get(name)?.close();
    this.#sockets.delete(name);
  }

  say(name: string, text: string): void {
    if (this.#isJoining) {
      this.#unsaid.push([name, text]);
      return;
    }
    const socket = this.#sockets.get(name);
    if (socket?.readyState !== WebSocket.OPEN) return;
    this.#listener.happened([{ type: 'said', name, payload: formatHex(encodeText(text)), text }]);
    socket.send(text);
  }

  get #isJoining(): boolean {
    const sockets = [...this.#sockets.values()];
    return this.#waiting !== undefined || sockets.some(({ readyState }) => readyState === WebSocket.CONNECTING);
  }

  stop(): void {
    this.#tap.close();
    for (const socket of this.#sockets.values()) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
  }

  #watch(message: WireMessage): void {
    if (message.type === 'handshake' && message.direction === 'in') {
      const request = decodeURIComponent(message.hex.replace(/../g, '%$&'));
      const name = new RegExp(`[?&]${MEMBER_PARAMETER}=([A-Z])[& ]`).exec(request)?.[1];
      if (name !== undefined) this.#names.set(message.connection, name);
    }
    if (message.type !== 'frame') return;
    const name = this.#names.get(message.connection);
    if (name === undefined || dataFrameOf(message) === undefined) return;
    const { direction: type, hex, payload } = message;
    this.#listener.happened([{ type, name, hex, payload: payload.hex }]);
  }
}

function heardEvent(name: string, data: string | ArrayBuffer): BroadcastEvent {
  const text = typeof data === 'string' ? data : '(binary)';
  const bytes = typeof data === 'string' ? encodeText(data) : new Uint8Array(data);
  return { type: 'heard', name, payload: formatHex(bytes), text };
}
