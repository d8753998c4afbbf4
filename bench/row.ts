import type { Side } from './rounds.ts';

/** One line of the benchmark's table. */
export interface Row {
  /** What `npm run bench -- GROUP` selects. */
  readonly group: string;
  readonly name: string;
  /** What the readings count, for people: `messages/s`, `bytes`. */
  readonly unit: string;
  /** Where the ratio to the peer is aimed at: at least, or for a cost, at most so much; or our own reading. */
  readonly goal?: Goal;
  /** How many rounds are thrown away at first; 3 where it does not say. */
  readonly warmUp?: number;
  /** The sides' names, where each is to be measured in a process of its own. */
  readonly apart?: readonly string[];
  /**
   * Makes the sides ready, and verifies that they do the same work. The first is ours, the second
   * the peer, the third, where there is one, the limit that nobody can pass.
   */
  prepare(): Promise<Prepared> | Prepared;
}

export interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Of our own reading, whatever the peer's is. */
  readonly oursAtMost?: number;
}

export interface Prepared {
  readonly sides: readonly Side[];
  /** Ends what `prepare` started. */
  close?(): Promise<void> | void;
}

/** Whether a ratio, and our own reading, reach their goal; undefined where there is none. */
export function meets(goal: Goal | undefined, ratio: number, ours: number): boolean | undefined {
  if (goal === undefined) return undefined;
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY, oursAtMost = Number.POSITIVE_INFINITY } = goal;
  return ratio >= atLeast && ratio <= atMost && ours <= oursAtMost;
}
