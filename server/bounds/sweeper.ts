/** Something that has deadlines. */
export interface Swept {
  /** @param nowMs on the same clock as {@link Sweeper.nowMs} */
  sweep(nowMs: number): void;
}

const SHORTEST_INTERVAL_MS = 10;
const LONGEST_INTERVAL_MS = 1000;
const SWEEPS_PER_DEADLINE = 4;

/**
 * One timer for the deadlines of all connections: it visits each in turn. A timer for each of ten
 * thousand connections, put off by every message, would cost more than the messages.
 */
export class Sweeper {
  readonly #swept = new Set<Swept>();
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param shortestDeadlineMs no deadline is missed by more than a quarter of it, or a second */
  constructor(shortestDeadlineMs: number) {
    const wanted = Math.ceil(shortestDeadlineMs / SWEEPS_PER_DEADLINE);
    this.#intervalMs = Math.min(Math.max(wanted, SHORTEST_INTERVAL_MS), LONGEST_INTERVAL_MS);
  }

  /** Whole milliseconds on a clock that nobody sets. */
  get nowMs(): number {
    return Math.trunc(performance.now());
  }

  add(swept: Swept): void {
    this.#swept.add(swept);
    // Sockets keep the process alive as long as they are open; a timer that has nothing to do must not.
    this.#timer ??= setInterval(() => this.sweep(), this.#intervalMs).unref();
  }

  delete(swept: Swept): void {
    this.#swept.delete(swept);
  }

  /** Visits all, now. */
  sweep(): void {
    const { nowMs } = this;
    for (const swept of this.#swept) swept.sweep(nowMs);
    // Not at once when the last is gone: one connection after the other would start and stop the timer each time.
    if (this.#swept.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
