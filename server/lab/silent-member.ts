import type { Socket } from 'node:net';
import { LAB_MEMBER, MEMBER_PARAMETER } from '../../src/companion/lab/members.ts';
import { LAB_ROOM_PATH, ROOM_PARAMETER } from '../../src/companion/lab.ts';

/** The RFC's sample key: this client knows its server, so it checks nothing. RFC 6455 §1.3. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A member of a room that can stop reading, as no WebSocket of a browser can. It throws away what it reads. */
export class SilentMember {
  readonly #socket: Socket;

  /** @param socket connected, or on its way, to this server */
  constructor(socket: Socket, room: string) {
    this.#socket = socket;
    // The server may end it.
    socket.on('error', () => {});
    socket.resume();
    const query = new URLSearchParams({ [ROOM_PARAMETER]: room, [MEMBER_PARAMETER]: LAB_MEMBER });
    const lines = [
      `GET ${LAB_ROOM_PATH}?${query} HTTP/1.1`,
      'Host: localhost',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${KEY}`,
      'Sec-WebSocket-Version: 13',
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** The system still takes bytes until its own buffers are full, some megabytes. */
  stopReading(): void {
    this.#socket.pause();
  }

  read(): void {
    this.#socket.resume();
  }

  leave(): void {
    this.#socket.destroy();
  }
}
