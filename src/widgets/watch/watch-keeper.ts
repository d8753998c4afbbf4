import type { WireMessage } from '../../inspector/wire/wire.ts';
import { findCompanion } from '../base/link/find-companion.ts';
import { linkLost } from '../base/link/link.ts';
import { EventQueue } from '../base/source/event-queue.ts';
import { Tap } from '../base/source/tap.ts';
import type { WatchLink } from './model.ts';

/** What a keeper reports to its owner. */
export interface WatchListener {
  changed(link: WatchLink): void;
  heard(messages: readonly WireMessage[]): void;
}

/** Keeps a tap open on one token: finds the companion, notices when it is gone, and looks for it again. */
export class WatchKeeper {
  readonly #token: string;
  readonly #listener: WatchListener;
  readonly #queue: EventQueue;
  #tap: Tap | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(token: string, listener: WatchListener) {
    this.#token = token;
    this.#listener = listener;
    this.#queue = new EventQueue((events) =>
      listener.heard(events.flatMap((event) => (event.type === 'wire' ? [event.message] : []))),
    );
  }

  /** Looks for the companion now. */
  async look(attempt = 0): Promise<void> {
    clearTimeout(this.#timer);
    if (attempt === 0) this.#listener.changed({ state: 'looking' });
    const { found, why } = await findCompanion();
    if (this.#stopped || this.#tap !== undefined) return;
    if (found) this.#open();
    else this.#lose(why, attempt);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#queue.stop();
    this.#tap?.close();
  }

  #open(): void {
    this.#tap = new Tap(
      {
        opened: () => this.#listener.changed({ state: 'watching' }),
        heard: (message) => this.#queue.push({ type: 'wire', message }),
        lost: (why) => {
          this.#tap = undefined;
          this.#lose(why, 0);
        },
      },
      this.#token,
    );
  }

  #lose(why: string, attempt: number): void {
    const link = linkLost(why, attempt);
    const waitMs = link.state === 'lost' ? link.waitMs : undefined;
    this.#listener.changed({ state: 'gone', why, waitMs });
    if (waitMs !== undefined) this.#timer = setTimeout(() => void this.look(attempt + 1), waitMs);
  }
}
