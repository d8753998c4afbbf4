import { Bystander } from '../faults/bystander.ts';
import { type Latencies, summarize } from '../faults/latencies.ts';

/** What each of the crew does: small messages one after the other, larger ones, and now and then a long one. */
const POSTS = [
  { payloadLength: 32, pauseMs: 5 },
  { payloadLength: 4096, pauseMs: 10 },
  { payloadLength: 300_000, pauseMs: 100 },
];

export interface CrewFigures {
  readonly echoed: number;
  readonly lost: number;
  readonly latencies: Latencies;
}

/** The clients that do nothing wrong, whatever happens around them. */
export class Crew {
  readonly #bystanders: readonly Bystander[];

  private constructor(bystanders: readonly Bystander[]) {
    this.#bystanders = bystanders;
  }

  static async board(port: number): Promise<Crew> {
    return new Crew(await Promise.all(POSTS.map((post) => Bystander.open(port, post))));
  }

  /** How many messages have come back so far. */
  get echoed(): number {
    return this.#bystanders.reduce((sum, { echoed }) => sum + echoed, 0);
  }

  async leave(): Promise<CrewFigures> {
    const figures = await Promise.all(this.#bystanders.map((bystander) => bystander.stop()));
    const latencies = figures.flatMap((each) => each.latencies);
    const lost = figures.reduce((sum, each) => sum + each.lost, 0);
    return { echoed: latencies.length, lost, latencies: summarize(latencies) };
  }
}
