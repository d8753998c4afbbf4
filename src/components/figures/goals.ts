/** Something small to bring about in a figure. It is ticked off when the figure shows it, and kept with the progress. */
export interface Goal {
  /** Unique in its figure; kept in the reader's browser, so it never changes. */
  readonly id: string;
  /** A sentence that starts with a verb. */
  readonly text: string;
  /** A selector that finds something inside the figure as soon as the goal is reached, and nothing while it is at rest. */
  readonly when: string;
}

/** The goals of each figure, by the figure's id. */
export const GOALS: Readonly<Record<string, readonly Goal[]>> = {};
