import type { Ring, TapMessage } from './ring.ts';

/** One watcher. */
export interface Tap {
  /** Takes a message; never waits. */
  deliver(message: TapMessage): void;
  /** So many messages of this connection are lost. */
  dropped(connection: number, messages: number): void;
}

/** All that has to do with one token: its connections, its taps, and what is kept for later ones. */
export class Channel {
  /** The connections that are open. */
  readonly connections = new Set<number>();
  readonly #taps = new Set<Tap>();
  readonly #ring: Ring | undefined;

  /** @param ring undefined: nothing is kept */
  constructor(ring: Ring | undefined) {
    this.#ring = ring;
  }

  get watched(): boolean {
    return this.#taps.size > 0;
  }

  /** Whether it is kept only for a tap that may still come. */
  get idle(): boolean {
    return !this.watched && this.connections.size === 0;
  }

  /** Of all that is kept, in UTF-16 units. */
  get textLength(): number {
    return this.#ring?.textLength ?? 0;
  }

  tell(message: TapMessage): void {
    this.#ring?.add(message);
    for (const tap of this.#taps) tap.deliver(message);
  }

  /** The tap gets what is kept first. */
  join(tap: Tap): void {
    this.#taps.add(tap);
    if (this.#ring === undefined) return;
    for (const [connection, messages] of this.#ring.dropped) tap.dropped(connection, messages);
    for (const message of this.#ring.messages) tap.deliver(message);
  }

  leave(tap: Tap): void {
    this.#taps.delete(tap);
  }
}
