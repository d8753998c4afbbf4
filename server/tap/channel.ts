import { type MemoryBudget, type MemoryHolder, slowestOf } from '../bounds/memory-budget.ts';
import type { Ring, TapMessage } from './ring.ts';

/** One watcher. */
export interface Tap {
  /** The number of bytes that it has not read yet. */
  readonly bufferedBytes: number;
  /** Takes a message without waiting. */
  deliver(message: TapMessage): void;
  /** Tells it that messages of a connection are lost. */
  dropped(connection: number, messages: number): void;
  /** Ends it at once, to free the bytes that wait for it. */
  cutOff(): void;
}

/** Everything about one token: its connections, its taps, and the messages kept for later taps. */
export class Channel implements MemoryHolder {
  /** The open connections. */
  readonly connections = new Set<number>();
  readonly #taps = new Set<Tap>();
  readonly #ring: Ring | undefined;
  readonly #budget: MemoryBudget;
  #forgotten = false;

  /** @param ring undefined to keep no messages */
  constructor(ring: Ring | undefined, budget: MemoryBudget) {
    this.#ring = ring;
    this.#budget = budget;
  }

  get watched(): boolean {
    return this.#taps.size > 0;
  }

  /** Whether its token was given up, so that nothing more is recorded. */
  get forgotten(): boolean {
    return this.#forgotten;
  }

  /** Whether it exists only for a tap that may still come. */
  get idle(): boolean {
    return !this.watched && this.connections.size === 0;
  }

  /** The number of bytes that are kept. */
  get byteLength(): number {
    return this.#ring?.byteLength ?? 0;
  }

  tell(message: TapMessage): void {
    this.#ring?.add(message);
    for (const tap of this.#taps) tap.deliver(message);
    this.#count();
  }

  /** Adds a tap, which first gets the kept messages. */
  join(tap: Tap): void {
    this.#taps.add(tap);
    if (this.#ring === undefined) return;
    for (const [connection, messages] of this.#ring.dropped) tap.dropped(connection, messages);
    for (const message of this.#ring.messages) tap.deliver(message);
    this.#count();
  }

  leave(tap: Tap): void {
    this.#taps.delete(tap);
    this.#count();
  }

  /** Gives up the token and drops the kept messages. */
  forget(): void {
    this.#forgotten = true;
    this.#ring?.clear();
    this.#budget.hold(this, 0);
  }

  giveUp(): void {
    this.#ring?.clear();
    for (const tap of slowestOf(this.#taps)) tap.cutOff();
  }

  /** All taps share the bytes of a message, so only the slowest counts. */
  #count(): void {
    let unreadBytes = 0;
    for (const { bufferedBytes } of this.#taps) unreadBytes = Math.max(unreadBytes, bufferedBytes);
    this.#budget.hold(this, this.byteLength + unreadBytes);
  }
}
