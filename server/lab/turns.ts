/** Something that has work to do, in pieces of a few milliseconds. */
export interface Worker {
  /** Does one piece. @returns whether there is more */
  work(): boolean;
}

/** Lets several work in turn: one piece between two turns of the event loop, so that nobody else waits for more than one. */
export class Turns {
  readonly #workers = new Set<Worker>();
  #next: NodeJS.Immediate | undefined;

  /** Takes a worker that has work; one that is already there keeps its place. */
  add(worker: Worker): void {
    this.#workers.add(worker);
    this.#next ??= setImmediate(() => this.#goOn());
  }

  #goOn(): void {
    this.#next = undefined;
    for (const worker of this.#workers) {
      // To the end, if there is more.
      this.#workers.delete(worker);
      if (worker.work()) this.#workers.add(worker);
      break;
    }
    if (this.#workers.size > 0) this.#next ??= setImmediate(() => this.#goOn());
  }
}
