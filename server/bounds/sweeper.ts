/** Something with deadlines. */
export interface Swept {
  /** @param nowMs on the same clock as {@link Sweeper.nowMs} */
  sweep(nowMs: number): void;
}

const MIN_INTERVAL_MS = 10;
const MAX_INTERVAL_MS = 1000;
const SWEEPS_PER_DEADLINE = 4;

/**
 * One timer for the deadlines of all connections. It visits each of them in turn. Ten thousand timers, reset at every
 * message, would cost more than the messages.
 */
export class Sweeper {
  readonly #swept = new Set<Swept>();
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param shortestDeadlineMs deadlines are noticed at most a quarter of this late, and at most a second */
  constructor(shortestDeadlineMs: number) {
    const wanted = Math.ceil(shortestDeadlineMs / SWEEPS_PER_DEADLINE);
    this.#intervalMs = Math.min(Math.max(wanted, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
  }

  /** Whole milliseconds of a monotonic clock. */
  get nowMs(): number {
    return Math.trunc(performance.now());
  }

  add(swept: Swept): void {
    this.#swept.add(swept);
    // Open sockets keep the process alive. An idle timer must not.
    this.#timer ??= setInterval(() => this.sweep(), this.#intervalMs).unref();
  }

  delete(swept: Swept): void {
    this.#swept.delete(swept);
  }

  /** Visits all of them now. */
  sweep(): void {
    const { nowMs } = this;
    for (const swept of this.#swept) swept.sweep(nowMs);
    // Only here, and not in delete(): a series of single connections would start and stop the timer every time.
    if (this.#swept.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
