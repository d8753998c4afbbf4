/** What arrives, in order, for a test to wait for one by one. */
export class Arrivals<T> {
  readonly #arrived: T[] = [];
  readonly #waiting: ((value: T) => void)[] = [];

  add(value: T): void {
    const take = this.#waiting.shift();
    if (take === undefined) this.#arrived.push(value);
    else take(value);
  }

  /** The next that has not been taken yet: at once, or when it arrives. */
  next(): Promise<T> {
    if (this.#arrived.length > 0) return Promise.resolve(this.#arrived.shift() as T);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** How many have arrived and were not taken. */
  get left(): number {
    return this.#arrived.length;
  }
}
