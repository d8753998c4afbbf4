const MS_PER_SECOND = 1000;
const MS_PER_MINUTE = 60_000;

/** Writes a time in milliseconds as people say it: `12 ms`, `60.0 s`, `10 min 0 s`. */
export function formatDuration(ms: number): string {
  if (ms < MS_PER_SECOND) return `${Math.round(ms)} ms`;
  if (ms < 10 * MS_PER_MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / MS_PER_SECOND);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
