/** Something that has bytes to write. */
export interface Flushable {
  flush(): void;
}

/**
 * Delays writes to the end of the event loop's turn, so that all that one turn has for a connection goes out together: a
 * broadcast of several messages, or of several senders. The first of a turn need not wait for others that may not come.
 */
export class FlushQueue {
  #turn = 1;
  #turnEnds = false;
  #waiting: Flushable[] = [];

  /** The number of this turn of the event loop. */
  get turn(): number {
    if (!this.#turnEnds) {
      this.#turnEnds = true;
      setImmediate(this.#endTurn);
    }
    return this.#turn;
  }

  /** @param flushable flushed once when this turn ends: one that has looked at {@link turn} */
  add(flushable: Flushable): void {
    this.#waiting.push(flushable);
  }

  readonly #endTurn = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#turnEnds = false;
    this.#turn++;
    for (const flushable of waiting) flushable.flush();
  };
}
