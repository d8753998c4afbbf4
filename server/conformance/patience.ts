/** What is waited for: something that answers, the answer to a close frame, the close frame of who fails, or the end of TCP. */
export type Awaited = 'answer' | 'close' | 'failure' | 'end';

const LIGHT = { longMs: 6_000, mostInVain: 6, shortMs: 1_000 };
/** Behind megabytes. */
const HEAVY = { longMs: 30_000, mostInVain: 3, shortMs: 5_000 };

/** Who has closed nothing so often closes nothing at all, and nothing behind megabytes either. */
const NEVER_CLOSES = 40;
/** Where one thing has not come, nothing else of the same case is worth a long wait; nor is a close frame that never comes. */
const LOST_MS = 500;

/**
 * How long a run waits for each thing that has to come, over all its cases.
 *
 * On a loopback what comes at all comes within milliseconds, but a server may be slow, or hold a connection for some
 * seconds after a close frame. One that lets the suite wait in vain again and again would make it last for an hour.
 */
export class Patience {
  readonly #fixedMs: number | undefined;
  readonly #fixedHeavyMs: number | undefined;
  readonly #inVain = {
    light: { answer: 0, close: 0, failure: 0, end: 0 },
    heavy: { answer: 0, close: 0, failure: 0, end: 0 },
  };
  // Whether a close frame has come from this server, in whatever case.
  #closes = false;

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

  waitMs(awaited: Awaited, heavy: boolean): number {
    const fixedMs = heavy ? this.#fixedHeavyMs : this.#fixedMs;
    if (fixedMs !== undefined) return fixedMs;
    if ((awaited === 'close' || awaited === 'failure') && this.#neverCloses) return LOST_MS;
    const { longMs, mostInVain, shortMs } = heavy ? HEAVY : LIGHT;
    return this.#inVain[heavy ? 'heavy' : 'light'][awaited] < mostInVain ? longMs : shortMs;
  }

  noteInVain(awaited: Awaited, heavy: boolean): void {
    this.#inVain[heavy ? 'heavy' : 'light'][awaited]++;
  }

  noteClose(): void {
    this.#closes = true;
  }

  get #neverCloses(): boolean {
    return !this.#closes && this.#inVain.light.close >= NEVER_CLOSES;
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

  ms(awaited: Exclude<Awaited, 'end'>): number {
    const ms = this.#patience.waitMs(awaited, this.#heavy);
    return this.#lost ? Math.min(ms, LOST_MS) : ms;
  }

  /** Notes that it has not come. */
  lose(awaited: Exclude<Awaited, 'end'>): void {
    if (!this.#lost) this.#patience.noteInVain(awaited, this.#heavy);
    this.#lost = true;
  }

  /** Notes that a close frame has come. */
  noteClose(): void {
    this.#patience.noteClose();
  }

  /** For the end of TCP behind a close frame: whatever came before it, no megabytes stand between the two. */
  get endMs(): number {
    return this.#patience.waitMs('end', false);
  }

  /** Notes that TCP has not ended. */
  loseEnd(): void {
    this.#patience.noteInVain('end', false);
  }
}
