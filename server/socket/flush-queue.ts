/** Something that has bytes to write. */
export interface Flushable {
  flush(): void;
}

/**
 * Delays writes to the end of the event loop's turn, so that all bytes that one turn writes to a connection go out together:
 * for example the messages of several senders. The first write of a turn does not wait, because it may be the only one.
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

  /** @param flushable flushed once when this turn ends; its caller has read {@link turn} before */
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
