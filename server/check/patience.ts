const ANSWER_MS = 6_000;
const HEAVY_MS = 30_000;
const SHORT_MS = 1_000;
const HEAVY_SHORT_MS = 5_000;
/** After so many waits for nothing the server is known to let the check wait. */
const MOST_IN_VAIN = 6;
const MOST_HEAVY_IN_VAIN = 3;
/** Where one thing has not come, nothing else of the same case is worth a long wait. */
const LOST_MS = 500;

/** What is waited for: something that answers, megabytes that do, or the end of TCP behind a close frame. */
export type Awaited = 'answer' | 'heavy answer' | 'end';

/**
 * How long a check waits for each thing that has to come, over all its cases.
 *
 * On a loopback what comes at all comes within milliseconds, but a server may be slow, or hold a connection for some
 * seconds after a close frame. One that lets the check wait in vain again and again would make it last for an hour.
 */
export class Patience {
  readonly #fixedMs: number | undefined;
  readonly #fixedHeavyMs: number | undefined;
  readonly #inVain: Record<Awaited, number> = { answer: 0, 'heavy answer': 0, end: 0 };

  /**
   * @param fixedMs the same for every wait
   * @param fixedHeavyMs another for megabytes
   */
  constructor(fixedMs?: number, fixedHeavyMs = fixedMs) {
    this.#fixedMs = fixedMs;
    this.#fixedHeavyMs = fixedHeavyMs;
  }

  /** @returns the patience for the waits of one case */
  forCase(heavy: boolean): CasePatience {
    return new CasePatience(this, heavy);
  }

  waitMs(awaited: Awaited): number {
    const inVain = this.#inVain[awaited];
    if (awaited === 'heavy answer') {
      return this.#fixedHeavyMs ?? (inVain < MOST_HEAVY_IN_VAIN ? HEAVY_MS : HEAVY_SHORT_MS);
    }
    return this.#fixedMs ?? (inVain < MOST_IN_VAIN ? ANSWER_MS : SHORT_MS);
  }

  noteInVain(awaited: Awaited): void {
    this.#inVain[awaited]++;
  }
}

/** How long one case waits for each thing. */
export class CasePatience {
  readonly #patience: Patience;
  readonly #answer: Awaited;
  #lost = false;

  constructor(patience: Patience, heavy: boolean) {
    this.#patience = patience;
    this.#answer = heavy ? 'heavy answer' : 'answer';
  }

  get answerMs(): number {
    const ms = this.#patience.waitMs(this.#answer);
    return this.#lost ? Math.min(ms, LOST_MS) : ms;
  }

  get endMs(): number {
    return this.#patience.waitMs('end');
  }

  /** Notes that an answer has not come. */
  loseAnswer(): void {
    if (!this.#lost) this.#patience.noteInVain(this.#answer);
    this.#lost = true;
  }

  /** Notes that TCP has not ended. */
  loseEnd(): void {
    this.#patience.noteInVain('end');
  }
}
