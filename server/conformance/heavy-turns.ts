/** Limits how many tasks run at a time. The others wait in line. */
export class HeavyTurns {
  readonly #max: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** @throws the signal's reason if it is aborted before the task starts */
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

  /** The task that has waited longest is next. */
  #handOn(): void {
    for (const start of this.#waiting) {
      this.#waiting.delete(start);
      start();
      return;
    }
    this.#running--;
  }
}
