/**
 * How long the reads of one turn of the event loop may take, in milliseconds. The frames of a read can be so short that it
 * has ten thousand of them, and the system offers up to 32 such reads of one socket in a turn.
 */
const MAX_READ_MS = 5;

/** In bytes. The frames of a shorter read take less than a millisecond, so nobody measures them. */
export const MIN_MEASURED_BYTES = 4096;

/** A connection that reads again when its turn comes. */
export interface Reader {
  /** Its turn has come. */
  resumeReading(): void;
}

/**
 * Lets connections with much to read take turns, so that they do not block all others: when the reads of one turn of the
 * event loop have taken too long, the connection that was read last waits. One that waits reads on in each turn.
 */
export class ReadTurns {
  readonly #now: () => number;
  readonly #waiting: Reader[] = [];
  #spentMs = 0;
  #turnEnds = false;

  /** @param now in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Does the work of one read, and measures it.
   *
   * @returns whether the connection may read on; if not, it must stop, and is told when its turn comes
   */
  measure(reader: Reader, work: () => void): boolean {
    const startMs = this.#now();
    work();
    this.#spentMs += this.#now() - startMs;
    this.#awaitEnd();
    if (this.#spentMs < MAX_READ_MS) return true;
    this.#waiting.push(reader);
    return false;
  }

  #awaitEnd(): void {
    if (this.#turnEnds) return;
    this.#turnEnds = true;
    setImmediate(this.#endTurn);
  }

  readonly #endTurn = (): void => {
    this.#turnEnds = false;
    this.#spentMs = 0;
    this.#waiting.shift()?.resumeReading();
    if (this.#waiting.length > 0) this.#awaitEnd();
  };
}
