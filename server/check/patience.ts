const USUAL_MS = 6_000;
const HEAVY_MS = 30_000;
const SHORT_MS = 1_000;
const HEAVY_SHORT_MS = 5_000;
/** After so many waits for nothing the server is known to let the check wait. */
const MOST_IN_VAIN = 6;
const MOST_HEAVY_IN_VAIN = 3;
/** Where one thing has not come, nothing else of the same case is worth a long wait. */
const LOST_MS = 500;

/**
 * How long a check waits for each thing that has to come, over all its cases.
 *
 * On a loopback what comes at all comes within milliseconds, but a server may be slow, or hold a connection for some
 * seconds after a close frame. One that lets the check wait in vain again and again would make it last for an hour.
 */
export class Patience {
  readonly #fixedMs: number | undefined;
  #inVain = 0;
  #heavyInVain = 0;

  /** @param fixedMs the same for every wait */
  constructor(fixedMs?: number) {
    this.#fixedMs = fixedMs;
  }

  /** @returns the patience for the waits of one case, the first and the later ones */
  forCase(heavy: boolean): CasePatience {
    return new CasePatience(this.#fixedMs ?? this.#waitMs(heavy), () => {
      if (heavy) this.#heavyInVain++;
      else this.#inVain++;
    });
  }

  #waitMs(heavy: boolean): number {
    if (heavy) return this.#heavyInVain < MOST_HEAVY_IN_VAIN ? HEAVY_MS : HEAVY_SHORT_MS;
    return this.#inVain < MOST_IN_VAIN ? USUAL_MS : SHORT_MS;
  }
}

/** How long one case waits for each thing. */
export class CasePatience {
  readonly #noteLost: () => void;
  #waitMs: number;
  #lost = false;

  constructor(waitMs: number, noteLost: () => void) {
    this.#waitMs = waitMs;
    this.#noteLost = noteLost;
  }

  get waitMs(): number {
    return this.#waitMs;
  }

  /** Notes that a wait was in vain. */
  lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#waitMs = Math.min(this.#waitMs, LOST_MS);
    this.#noteLost();
  }
}
