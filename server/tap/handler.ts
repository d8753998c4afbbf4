import { watchTokenOf } from '../../src/companion/policy/upgrade-request.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import type { TapHub } from './hub.ts';
import { TapSession } from './session.ts';

/** Streams what the server sees on the wire. Ignores what the tap sends. */
export class TapHandler implements Handler {
  readonly #hub: TapHub;
  readonly #leave = new Map<Connection, () => void>();

  constructor(hub: TapHub) {
    this.#hub = hub;
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
      this.#hub.leave(token, session);
      session.end();
    });
    if (!this.#hub.join(token, session)) connection.close(1013, 'too many tokens are being watched');
  }
}
