import type { WireDropped } from '../../src/inspector/index.ts';
import { OPCODE, TRY_AGAIN_LATER } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import type { Connection } from '../connection/handler.ts';
import type { Tap } from './channel.ts';
import type { TapMessage } from './ring.ts';

/** More than a whole ring, so that a tap always gets everything that was kept. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** How often to check a tap that missed messages: it may start to read again when nothing else happens. */
const RECHECK_MS = 100;

/**
 * One open tap. A tap that reads too slowly misses messages and learns their number as soon as it reads again. It never
 * delays anything else.
 */
export class TapSession implements Tap {
  readonly #connection: Connection;
  readonly #missed = new Map<number, number>();
  // Set while messages are missing.
  #looking: NodeJS.Timeout | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get bufferedBytes(): number {
    return this.#connection.bufferedBytes;
  }

  deliver({ connection, encoded }: TapMessage): void {
    if (this.#hasRoom) {
      this.#tellMissed();
      this.#connection.send(encoded);
      return;
    }
    this.#missed.set(connection, (this.#missed.get(connection) ?? 0) + 1);
    this.#looking ??= setInterval(() => {
      if (this.#hasRoom) this.#tellMissed();
    }, RECHECK_MS).unref();
  }

  dropped(connection: number, messages: number): void {
    const dropped: WireDropped = { type: 'dropped', connection, messages };
    this.#connection.send({ opcode: OPCODE.text, payload: encodeText(JSON.stringify(dropped)) });
  }

  cutOff(): void {
    this.#connection.cutOff(TRY_AGAIN_LATER, 'too slow to read what it watches, and the server needs the memory');
  }

  /** Called when the tap is gone. */
  end(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  get #hasRoom(): boolean {
    return this.#connection.bufferedBytes <= MAX_BUFFERED_BYTES;
  }

  #tellMissed(): void {
    if (this.#missed.size === 0) return;
    this.end();
    for (const [connection, messages] of this.#missed) this.dropped(connection, messages);
    this.#missed.clear();
  }
}
