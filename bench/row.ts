import type { Side } from './rounds.ts';

/** One line of the benchmark's table. */
export interface Row {
  /** The group, which `npm run bench -- GROUP` selects. */
  readonly group: string;
  readonly name: string;
  /** The unit of the readings, for people: `messages/s`, `bytes`. */
  readonly unit: string;
  /** The goal for the ratio to the peer, or for our own reading: a minimum, or for a cost a maximum. */
  readonly goal?: Goal;
  /** How many rounds are dropped at the start; 3 by default. */
  readonly warmUp?: number;
  /** The sides' names, if each side is measured in its own process. */
  readonly apart?: readonly string[];
  /**
   * Prepares the sides, and verifies that they do the same work. The first is ours, the second is the peer, and the third,
   * if there is one, is the limit that no program can pass.
   */
  prepare(): Promise<Prepared> | Prepared;
}

export interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The goal for our own reading, whatever the peer's is. */
  readonly oursAtMost?: number;
}

export interface Prepared {
  readonly sides: readonly Side[];
  /** Ends everything that `prepare` started. */
  close?(): Promise<void> | void;
}

/** Whether a ratio and our own reading reach their goal; undefined if the row has no goal. */
export function meets(goal: Goal | undefined, ratio: number, ours: number): boolean | undefined {
  if (goal === undefined) return undefined;
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY, oursAtMost = Number.POSITIVE_INFINITY } = goal;
  return ratio >= atLeast && ratio <= atMost && ours <= oursAtMost;
}
