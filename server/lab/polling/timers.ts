/** Timers that can all be stopped at once. */
export class Timers {
  readonly #running = new Set<NodeJS.Timeout>();

  /** Calls back after a time; at once if it is 0. */
  after(ms: number, callback: () => void): void {
    if (ms <= 0) {
      callback();
      return;
    }
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      callback();
    }, ms);
    this.#running.add(timer);
  }

  /** How many have not called back. */
  get running(): number {
    return this.#running.size;
  }

  stop(): void {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
