/** How long a value counts as up to date before the source is checked again. */
const RECHECK_MS = 1000;

/** A value made from a source, and made again when the source has changed. */
export class UpToDate<T> {
  readonly #stampOf: () => string;
  readonly #make: () => T;
  readonly #nowMs: () => number;
  #made: { readonly value: T; readonly stamp: string } | undefined;
  #checkedAtMs = Number.NEGATIVE_INFINITY;

  /**
   * @param stampOf returns a stamp that differs between states of the source; cheaper than making the value
   * @param nowMs a monotonic clock
   */
  constructor(stampOf: () => string, make: () => T, nowMs: () => number) {
    this.#stampOf = stampOf;
    this.#make = make;
    this.#nowMs = nowMs;
  }

  get value(): T {
    const nowMs = this.#nowMs();
    if (this.#made !== undefined && nowMs - this.#checkedAtMs < RECHECK_MS) return this.#made.value;
    this.#checkedAtMs = nowMs;
    // Before the value is made: a change in between shows next time.
    const stamp = this.#stampOf();
    if (this.#made?.stamp !== stamp) this.#made = { value: this.#make(), stamp };
    return this.#made.value;
  }

  /** Drops the value, which is known to be out of date. */
  forget(): void {
    this.#made = undefined;
  }
}
