/** Does long work in pieces. */
export interface Worker {
  /** Does the next piece and reports its cost to {@link Turns.spend}. @returns whether there is more to do */
  work(): boolean;
}

/**
 * The cost that one turn of the event loop may spend on explaining, for all connections together: roughly a number of
 * frames. Explaining a frame takes about 40 µs, and every other connection waits for the end of the turn.
 */
export const MAX_COST_PER_TURN = 128;

/**
 * Divides each turn of the event loop among workers with long work. A read of 64 KiB can hold 10,000 frames; explaining
 * all of them at once would make every other connection wait for half a second.
 *
 * Work starts at once while the current turn has budget left. The rest waits in a queue and is done in the following
 * turns, one piece for each worker in rotation.
 */
export class Turns {
  readonly #maxCost: number;
  readonly #onMistake: (error: unknown) => void;
  #waiting: Worker[] = [];
  #spent = 0;
  #turnEnds = false;

  /** @param onMistake called with the error of a worker, which is then dropped: its bug must not end the process */
  constructor(maxCost: number = MAX_COST_PER_TURN, onMistake: (error: unknown) => void = () => {}) {
    this.#maxCost = maxCost;
    this.#onMistake = onMistake;
  }

  /** Whether this turn has budget left for a worker that is not in the queue. */
  get hasRoom(): boolean {
    return this.#waiting.length === 0 && this.#spent < this.#maxCost;
  }

  /** Adds to the cost of this turn. */
  spend(cost: number): void {
    this.#spent += cost;
    this.#awaitEnd();
  }

  /** Puts a worker into the queue, so that it goes on in later turns. It must not be in the queue already. */
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
          // The workers that did not get a piece come first in the next turn.
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
