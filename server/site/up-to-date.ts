/** How long what was made counts as up to date before its source is looked at again. */
const LOOK_AGAIN_MS = 1000;

/** Something made of a source, and made anew once the source has changed. */
export class UpToDate<T> {
  readonly #stampOf: () => string;
  readonly #make: () => T;
  readonly #nowMs: () => number;
  #made: { readonly value: T; readonly stamp: string } | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  /**
   * @param stampOf tells one state of the source from another, at less cost than to make the value
   * @param nowMs a clock that nobody sets
   */
  constructor(stampOf: () => string, make: () => T, nowMs: () => number) {
    this.#stampOf = stampOf;
    this.#make = make;
    this.#nowMs = nowMs;
  }

  get value(): T {
    const nowMs = this.#nowMs();
    if (this.#made !== undefined && nowMs - this.#lookedAtMs < LOOK_AGAIN_MS) return this.#made.value;
    this.#lookedAtMs = nowMs;
    // Before the value: what changes while it is made shows next time.
    const stamp = this.#stampOf();
    if (this.#made?.stamp !== stamp) this.#made = { value: this.#make(), stamp };
    return this.#made.value;
  }

  /** What was made is known not to be true any more. */
  forget(): void {
    this.#made = undefined;
  }
}
