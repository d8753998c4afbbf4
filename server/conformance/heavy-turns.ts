/** Lets only so many tasks run at a time; the others wait for their turn. */
export class HeavyTurns {
  readonly #max: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** @throws the signal's reason, once it is aborted before the task's turn */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#running < this.#max) this.#running++;
    else await this.#turn(signal);
    try {
      return await task();
    } finally {
      this.#handOn();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#waiting.delete(start);
        reject(signal?.reason);
      };
      const start = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      if (signal?.aborted) reject(signal.reason);
      else this.#waiting.add(start);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Whoever has waited longest takes this turn. */
  #handOn(): void {
    for (const start of this.#waiting) {
      this.#waiting.delete(start);
      start();
      return;
    }
    this.#running--;
  }
}
