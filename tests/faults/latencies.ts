/** How long somebody waited, in ms. */
export interface Latencies {
  readonly count: number;
  readonly median: number;
  /** All but one in a hundred waited no longer. */
  readonly most: number;
  readonly worst: number;
}

export function summarize(latencies: readonly number[]): Latencies {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
  return { count: sorted.length, median: at(0.5), most: at(0.99), worst: at(1) };
}

export function formatLatencies({ count, median, most, worst }: Latencies): string {
  return `${count} echoes beside it: median ${format(median)}, 99 % ${format(most)}, worst ${format(worst)} ms`;
}

function format(ms: number): string {
  return ms.toFixed(1);
}
