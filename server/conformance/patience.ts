/**
 * What a case waits for: an answer, the answer to a close frame, the close frame of a server that fails the connection,
 * or the end of TCP.
 */
export type Awaited = 'answer' | 'close' | 'failure' | 'end';

const LIGHT = { longMs: 6_000, maxInVain: 6, shortMs: 1_000 };
/** For cases with megabytes. */
const HEAVY = { longMs: 30_000, maxInVain: 3, shortMs: 5_000 };

/** A server that has left this many close frames unanswered is taken to answer none. */
const MAX_UNANSWERED_CLOSES = 40;
/** A server that has left this many cases without any frame, and never sent one, is taken to send none. */
const MAX_UNANSWERED = 40;
/** The wait for the frames of a server that never sent one. */
const MUTE_WAIT_MS = 100;
/** The wait after something else in the same case did not come, and for close frames that are not expected to come. */
const MIN_WAIT_MS = 500;

/**
 * How long the cases of a run wait for each answer.
 *
 * On a loopback connection answers usually come within milliseconds, but a server may be slow or keep a connection open
 * for seconds after a close frame. If a server keeps the suite waiting in vain, the waits get shorter: otherwise a run
 * would take an hour.
 */
export class Patience {
  readonly #fixedMs: number | undefined;
  readonly #fixedHeavyMs: number | undefined;
  readonly #inVain = {
    light: { answer: 0, close: 0, failure: 0, end: 0 },
    heavy: { answer: 0, close: 0, failure: 0, end: 0 },
  };
  // Whether this server has sent a close frame in any case, and whether it has sent a message or a pong.
  #closes = false;
  #answers = false;

  /**
   * @param fixedMs one wait for everything
   * @param fixedHeavyMs another for cases with megabytes
   */
  constructor(fixedMs?: number, fixedHeavyMs = fixedMs) {
    this.#fixedMs = fixedMs;
    this.#fixedHeavyMs = fixedHeavyMs;
  }

  /** @returns the waits of one case */
  forCase(heavy: boolean): CasePatience {
    return new CasePatience(this, heavy);
  }

  waitMs(awaited: Awaited, heavy: boolean): number {
    const fixedMs = heavy ? this.#fixedHeavyMs : this.#fixedMs;
    if (fixedMs !== undefined) return fixedMs;
    if (awaited !== 'end' && this.#isMute) return MUTE_WAIT_MS;
    if ((awaited === 'close' || awaited === 'failure') && this.#neverCloses) return MIN_WAIT_MS;
    const { longMs, maxInVain, shortMs } = heavy ? HEAVY : LIGHT;
    return this.#inVain[heavy ? 'heavy' : 'light'][awaited] < maxInVain ? longMs : shortMs;
  }

  noteInVain(awaited: Awaited, heavy: boolean): void {
    this.#inVain[heavy ? 'heavy' : 'light'][awaited]++;
  }

  noteClose(): void {
    this.#closes = true;
  }

  noteAnswer(): void {
    this.#answers = true;
  }

  get #isMute(): boolean {
    return !this.#closes && !this.#answers && this.#inVain.light.answer >= MAX_UNANSWERED;
  }

  get #neverCloses(): boolean {
    return !this.#closes && this.#inVain.light.close >= MAX_UNANSWERED_CLOSES;
  }
}

/** How long one case waits for each answer. */
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
    return this.#lost ? Math.min(ms, MIN_WAIT_MS) : ms;
  }

  /** Records that it did not come. */
  lose(awaited: Exclude<Awaited, 'end'>): void {
    if (!this.#lost) this.#patience.noteInVain(awaited, this.#heavy);
    this.#lost = true;
  }

  /** Records that a message or a pong came. */
  noteAnswer(): void {
    this.#patience.noteAnswer();
  }

  /** Records that a close frame came. */
  noteClose(): void {
    this.#patience.noteClose();
  }

  /**
   * The wait for the end of TCP after a close frame. No megabytes come between the two, so it is never the heavy one.
   */
  get endMs(): number {
    return this.#patience.waitMs('end', false);
  }

  /** Records that TCP did not end. */
  loseEnd(): void {
    this.#patience.noteInVain('end', false);
  }
}
