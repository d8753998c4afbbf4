import { watchTokenOf } from '../../src/companion/policy/upgrade-request.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { Tap } from './channel.ts';
import { TapSession } from './session.ts';

/** Where a tap gets its messages from. */
export interface TapSource {
  /** @returns false if there are too many tokens */
  join(token: string | undefined, tap: Tap): boolean;
  leave(token: string | undefined, tap: Tap): void;
}

/** Streams what the server sees on the wire. Ignores what the tap sends. */
export class TapHandler implements Handler {
  readonly #source: TapSource;
  readonly #leave = new Map<Connection, () => void>();

  constructor(source: TapSource) {
    this.#source = source;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'open') this.#join(watchTokenOf(event.accepted?.query ?? ''), connection);
    if (event.type === 'close') {
      this.#leave.get(connection)?.();
      this.#leave.delete(connection);
    }
  }

  #join(token: string | undefined, connection: Connection): void {
    const session = new TapSession(connection);
    this.#leave.set(connection, () => {
      this.#source.leave(token, session);
      session.end();
    });
    if (!this.#source.join(token, session)) connection.close(1013, 'too many tokens are being watched');
  }
}
