import { LiveSource } from '../source/live-source.ts';
import { SimulatedSource } from '../source/simulated-source.ts';
import type { Source, SourceEvent, SourceListener } from '../source/source.ts';
import { findCompanion } from './find-companion.ts';
import { CHOSEN, type Link, linkLost } from './link.ts';

/** What a keeper reports to its owner. */
export interface LinkListener {
  changed(link: Link): void;
  /** @param source where the events came from; it can be used to send */
  happened(events: readonly SourceEvent[], source: Source | undefined): void;
}

/** Keeps one source going: finds the companion, notices when it is gone, looks for it again, or simulates it. */
export class LinkKeeper {
  readonly #listener: LinkListener;
  readonly #live: (listener: SourceListener) => Source;
  #source: Source | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts decisions: an answer that arrives after a later decision is ignored. */
  #turn = 0;

  /** @param live makes the source of a live link */
  constructor(listener: LinkListener, live = (to: SourceListener): Source => new LiveSource(to)) {
    this.#listener = listener;
    this.#live = live;
  }

  /** Undefined if there is none now. */
  get source(): Source | undefined {
    return this.#source;
  }

  /** Uses the companion if it is there, otherwise the simulation. */
  async start(): Promise<void> {
    this.#listener.changed({ state: 'looking' });
    const answer = await this.#look();
    if (answer?.found === true) this.#goLive();
    else if (answer !== undefined) this.simulate(answer.why);
  }

  /** Looks for the companion now. If it is not there, only the sentence changes. */
  async retry(from: Link): Promise<void> {
    const answer = await this.#look();
    if (answer?.found === true) this.#goLive();
    else if (answer !== undefined && from.state === 'simulated') this.#listener.changed({ ...from, why: answer.why });
    else if (answer !== undefined) this.#lose(answer.why, 0);
  }

  simulate(why = CHOSEN): void {
    this.#decide();
    this.#listener.changed({ state: 'simulated', why });
    this.#use(new SimulatedSource(this.#sourceListener(() => {})));
  }

  stop(): void {
    this.#decide();
    this.#use(undefined);
  }

  #goLive(): void {
    this.#decide();
    this.#listener.changed({ state: 'live', host: location.host });
    this.#use(this.#live(this.#sourceListener((why) => this.#lose(why, 0))));
  }

  #sourceListener(lost: (why: string) => void): SourceListener {
    return { happened: (events) => this.#listener.happened(events, this.#source), lost };
  }

  #lose(why: string, attempt: number): void {
    this.#decide();
    this.#use(undefined);
    const link = linkLost(why, attempt);
    this.#listener.changed(link);
    if (link.state !== 'lost' || link.waitMs === undefined) return;
    this.#timer = setTimeout(() => void this.#lookAgain(why, attempt + 1), link.waitMs);
  }

  async #lookAgain(why: string, attempt: number): Promise<void> {
    const answer = await this.#look();
    if (answer?.found === true) this.#goLive();
    else if (answer !== undefined) this.#lose(why, attempt);
  }

  /** @returns undefined if something else was decided in the meantime */
  async #look(): Promise<Awaited<ReturnType<typeof findCompanion>> | undefined> {
    const turn = this.#decide();
    const answer = await findCompanion();
    return turn === this.#turn ? answer : undefined;
  }

  #decide(): number {
    clearTimeout(this.#timer);
    this.#turn += 1;
    return this.#turn;
  }

  #use(source: Source | undefined): void {
    this.#source?.stop();
    this.#source = source;
    source?.connect();
  }
}
