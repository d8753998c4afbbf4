import { type MemoryBudget, type MemoryHolder, slowestOf } from '../bounds/memory-budget.ts';
import type { Ring, TapMessage } from './ring.ts';

/** One watcher. */
export interface Tap {
  /** How much waits for it to read, in bytes. */
  readonly bufferedBytes: number;
  /** Takes a message; never waits. */
  deliver(message: TapMessage): void;
  /** Says that messages of this connection are lost. */
  dropped(connection: number, messages: number): void;
  /** Ends it at once, so that what waits for it is free. */
  cutOff(): void;
}

/** All that has to do with one token: its connections, its taps, and what is kept for later ones. */
export class Channel implements MemoryHolder {
  /** The connections that are open. */
  readonly connections = new Set<number>();
  readonly #taps = new Set<Tap>();
  readonly #ring: Ring | undefined;
  readonly #budget: MemoryBudget;
  #forgotten = false;

  /** @param ring undefined: nothing is kept */
  constructor(ring: Ring | undefined, budget: MemoryBudget) {
    this.#ring = ring;
    this.#budget = budget;
  }

  get watched(): boolean {
    return this.#taps.size > 0;
  }

  /** Whether its token was given to others: nothing is told any more. */
  get forgotten(): boolean {
    return this.#forgotten;
  }

  /** Whether it is kept only for a tap that may still come. */
  get idle(): boolean {
    return !this.watched && this.connections.size === 0;
  }

  /** How much is kept, in bytes. */
  get byteLength(): number {
    return this.#ring?.byteLength ?? 0;
  }

  tell(message: TapMessage): void {
    this.#ring?.add(message);
    for (const tap of this.#taps) tap.deliver(message);
    this.#count();
  }

  /** The tap gets what is kept first. */
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

  /** Its token is out of use, or others need it more: what is kept is gone. */
  forget(): void {
    this.#forgotten = true;
    this.#ring?.clear();
    this.#budget.hold(this, 0);
  }

  giveUp(): void {
    this.#ring?.clear();
    for (const tap of slowestOf(this.#taps)) tap.cutOff();
  }

  /** All taps share the bytes of a message: what waits for the slowest of them is all that waits. */
  #count(): void {
    let unreadBytes = 0;
    for (const { bufferedBytes } of this.#taps) unreadBytes = Math.max(unreadBytes, bufferedBytes);
    this.#budget.hold(this, this.byteLength + unreadBytes);
  }
}
