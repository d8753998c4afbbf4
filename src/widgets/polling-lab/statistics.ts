/** How long the events took, in ms. */
export interface LatencySummary {
  readonly shortest: number;
  readonly median: number;
  readonly mean: number;
  readonly longest: number;
}

/** @param latenciesMs at least one */
export function summarize(latenciesMs: readonly number[]): LatencySummary {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  return {
    shortest: sorted[0] ?? 0,
    median: sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2,
    mean: sorted.reduce((sum, ms) => sum + ms, 0) / Math.max(sorted.length, 1),
    longest: sorted.at(-1) ?? 0,
  };
}

/** A dot of a strip: its place along the axis, and its row, so that equal ones lie above each other. */
export interface Dot {
  readonly ms: number;
  readonly row: number;
}

export const STRIP_ROWS = 5;

/**
 * Places a dot for each latency.
 *
 * @param endMs the end of the axis
 * @param columns the number of dots that fit side by side
 */
export function stripOf(latenciesMs: readonly number[], endMs: number, columns = 120): Dot[] {
  const heights = new Map<number, number>();
  return latenciesMs.map((ms) => {
    const column = Math.round((columns * ms) / endMs);
    const height = heights.get(column) ?? 0;
    heights.set(column, height + 1);
    return { ms, row: height % STRIP_ROWS };
  });
}

const MAX_TICKS = 7;

/** Round times for an axis, from 0 on. */
export function ticksTo(endMs: number, startMs = 0): number[] {
  const step = [10, 20, 50, 100, 200, 500, 1000].find((ms) => (endMs - startMs) / ms < MAX_TICKS) ?? 2000;
  const first = Math.ceil(startMs / step) * step;
  return Array.from({ length: Math.floor((endMs - first) / step) + 1 }, (_, index) => first + index * step);
}
