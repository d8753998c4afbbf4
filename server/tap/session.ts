import type { WireDropped } from '../../src/inspector/wire.ts';
import { OPCODE } from '../../src/protocol/framing/opcode.ts';
import { encodeText } from '../../src/protocol/utf8.ts';
import type { Connection } from '../handlers/handler.ts';
import type { Tap } from './channel.ts';
import type { TapMessage } from './ring.ts';

/** More than a whole ring, so that what was kept always comes through. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/**
 * One open tap. Who reads too slowly misses messages, is told how many as soon as there is room, and
 * holds up nobody.
 */
export class TapSession implements Tap {
  readonly #connection: Connection;
  readonly #missed = new Map<number, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  deliver({ connection, text }: TapMessage): void {
    if (this.#connection.bufferedBytes > MAX_BUFFERED_BYTES) {
      this.#missed.set(connection, (this.#missed.get(connection) ?? 0) + 1);
      return;
    }
    for (const [missedOf, messages] of this.#missed) this.dropped(missedOf, messages);
    this.#missed.clear();
    this.#send(text);
  }

  dropped(connection: number, messages: number): void {
    const dropped: WireDropped = { type: 'dropped', connection, messages };
    this.#send(JSON.stringify(dropped));
  }

  #send(text: string): void {
    this.#connection.send({ opcode: OPCODE.text, payload: encodeText(text) });
  }
}
