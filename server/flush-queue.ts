/** Something that has bytes to write. */
export interface Flushable {
  flush(): void;
}

/**
 * Delays writes to the end of the event loop's turn, so that all that one turn has for a connection
 * goes out in one write: a broadcast of several messages, or of several senders.
 */
export class FlushQueue {
  #waiting: Flushable[] = [];

  add(flushable: Flushable): void {
    if (this.#waiting.length === 0) setImmediate(this.#flushAll);
    this.#waiting.push(flushable);
  }

  readonly #flushAll = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const flushable of waiting) flushable.flush();
  };
}
