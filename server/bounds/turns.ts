/** Does long work in pieces. */
export interface Worker {
  /** Does the next piece, and says what it cost with {@link Turns.spend}. @returns whether there is more to do */
  work(): boolean;
}

/**
 * What one turn of the event loop may spend on explaining, for all connections together: about as many frames. To explain
 * one takes some 40 µs, and whoever does nothing but echo waits for the end of the turn.
 */
export const MAX_COST_PER_TURN = 128;

/**
 * Shares each turn of the event loop among those who have long work to do: a read of 64 KiB can hold 10,000 frames, and to
 * explain them all at once would keep everybody else waiting for half a second.
 *
 * Work is done at once while this turn has something left for it; what is over waits in a queue, and is done piece by
 * piece in the turns that follow, one piece for each worker before the second for any.
 */
export class Turns {
  readonly #maxCost: number;
  readonly #onMistake: (error: unknown) => void;
  #waiting: Worker[] = [];
  #spent = 0;
  #turnEnds = false;

  /** @param onMistake told what a worker throws, which then does no more; its own mistake must not end the process */
  constructor(maxCost: number = MAX_COST_PER_TURN, onMistake: (error: unknown) => void = () => {}) {
    this.#maxCost = maxCost;
    this.#onMistake = onMistake;
  }

  /** Whether this turn has something left for one who does not wait in the queue. */
  get hasRoom(): boolean {
    return this.#waiting.length === 0 && this.#spent < this.#maxCost;
  }

  /** Counts what was done in this turn. */
  spend(cost: number): void {
    this.#spent += cost;
    this.#awaitEnd();
  }

  /** Lets a worker that is not in the queue go on in later turns. */
  queue(worker: Worker): void {
    this.#waiting.push(worker);
    this.#awaitEnd();
  }

  #awaitEnd(): void {
    if (this.#turnEnds) return;
    this.#turnEnds = true;
    setImmediate(this.#endTurn);
  }

  readonly #endTurn = (): void => {
    this.#turnEnds = false;
    this.#spent = 0;
    while (this.#waiting.length > 0 && this.#spent < this.#maxCost) {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const [i, worker] of waiting.entries()) {
        if (this.#spent >= this.#maxCost) {
          // Those whose turn has not come are first in the next.
          this.#waiting = [...waiting.slice(i), ...this.#waiting];
          break;
        }
        if (this.#workOf(worker)) this.#waiting.push(worker);
      }
    }
    if (this.#waiting.length > 0) this.#awaitEnd();
  };

  #workOf(worker: Worker): boolean {
    try {
      return worker.work();
    } catch (error) {
      this.#onMistake(error);
      return false;
    }
  }
}
