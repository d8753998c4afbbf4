import type { ServerProcess } from '../faults/server-process.ts';
import { Random } from '../fuzz/random.ts';
import { LONE_MISCHIEF } from './lone-mischief.ts';
import { MISCHIEF, type Mischief } from './mischief.ts';

const MOST_AT_ONCE = 6;
/** So many are enough to look at. */
const MOST_FAILURES = 5;

/** Mischief at random, round after round: a round is over when all that began with it is. */
export class Rounds {
  /** How often each went on. */
  readonly times = new Map<string, number>();
  readonly failures: string[] = [];
  /** What goes on now. */
  current: readonly string[] = [];
  readonly #seed: number;

  /** @param seed says what goes on in each round, not how it falls in time */
  constructor(seed: number) {
    this.#seed = seed;
  }

  async go(server: ServerProcess, isOver: () => boolean): Promise<void> {
    for (let round = 0; !isOver() && this.failures.length < MOST_FAILURES; round++) {
      const random = new Random(this.#seed, round);
      const chosen = choose(random);
      this.current = chosen.map(({ name }) => name);
      await Promise.all(chosen.map((mischief) => this.#make(mischief, server, round, random.nat(2 ** 31))));
    }
  }

  async #make({ name, make }: Mischief, server: ServerProcess, round: number, seed: number): Promise<void> {
    this.times.set(name, (this.times.get(name) ?? 0) + 1);
    try {
      await make(server, new Random(seed));
    } catch (error) {
      this.failures.push(`round ${round}, ${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** Some that can go on at once, none of them twice; or one that goes by itself. */
function choose(random: Random): readonly Mischief[] {
  const i = random.nat(LONE_MISCHIEF.length + MISCHIEF.length);
  if (i < LONE_MISCHIEF.length) return LONE_MISCHIEF.slice(i, i + 1);
  const left = [...MISCHIEF];
  const count = 1 + random.nat(MOST_AT_ONCE);
  return Array.from({ length: count }, () => left.splice(random.nat(left.length), 1)).flat();
}
