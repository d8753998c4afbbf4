/** What is waited for: something that answers, megabytes that do, a close frame, one behind megabytes, or the end of TCP. */
export type Awaited = 'answer' | 'heavy answer' | 'close' | 'heavy close' | 'end';

/** How long to wait, from so many waits in vain on: then the server is known to let the check wait. */
type Waits = readonly (readonly [inVain: number, ms: number])[];

const LIGHT: Waits = [
  [0, 6_000],
  [6, 1_000],
  [40, 500],
];
const HEAVY: Waits = [
  [0, 30_000],
  [3, 5_000],
  [8, 1_000],
];
const WAITS: Readonly<Record<Awaited, Waits>> = {
  answer: LIGHT,
  'heavy answer': HEAVY,
  close: LIGHT,
  'heavy close': HEAVY,
  end: LIGHT,
};
const NEVER_CLOSES = 40;
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
  readonly #fixedHeavyMs: number | undefined;
  readonly #inVain: Record<Awaited, number> = { answer: 0, 'heavy answer': 0, close: 0, 'heavy close': 0, end: 0 };

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
    const waits = WAITS[awaited];
    const fixedMs = waits === HEAVY ? this.#fixedHeavyMs : this.#fixedMs;
    return fixedMs ?? waits.findLast(([inVain]) => this.#timesInVain(awaited) >= inVain)?.[1] ?? LOST_MS;
  }

  noteInVain(awaited: Awaited): void {
    this.#inVain[awaited]++;
  }

  #timesInVain(awaited: Awaited): number {
    const { close } = this.#inVain;
    // Who closes nothing closes nothing behind megabytes either.
    return this.#inVain[awaited] + (awaited === 'heavy close' && close >= NEVER_CLOSES ? close : 0);
  }
}

/** How long one case waits for each thing. */
export class CasePatience {
  readonly #patience: Patience;
  readonly #heavy: boolean;
  #lost = false;

  constructor(patience: Patience, heavy: boolean) {
    this.#patience = patience;
    this.#heavy = heavy;
  }

  get answerMs(): number {
    return this.#ms(this.#heavy ? 'heavy answer' : 'answer');
  }

  get closeMs(): number {
    return this.#ms(this.#heavy ? 'heavy close' : 'close');
  }

  get endMs(): number {
    return this.#patience.waitMs('end');
  }

  /** Notes that an answer has not come. */
  loseAnswer(): void {
    this.#lose(this.#heavy ? 'heavy answer' : 'answer');
  }

  /** Notes that a close frame has not come. */
  loseClose(): void {
    this.#lose(this.#heavy ? 'heavy close' : 'close');
  }

  /** Notes that TCP has not ended. */
  loseEnd(): void {
    this.#patience.noteInVain('end');
  }

  #ms(awaited: Awaited): number {
    const ms = this.#patience.waitMs(awaited);
    return this.#lost ? Math.min(ms, LOST_MS) : ms;
  }

  #lose(awaited: Awaited): void {
    if (!this.#lost) this.#patience.noteInVain(awaited);
    this.#lost = true;
  }
}
