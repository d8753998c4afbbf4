/** How long one reading takes at least, in ms: long against the clock's steps, short against a run's minutes. */
const READING_MS = 30;

/**
 * Repeats a pass for a while.
 *
 * @param pass does the work once and returns the time of the part that counts, in ms
 * @returns passes a second
 */
export function forAWhile(pass: () => number, readingMs = READING_MS): number {
  let passes = 0;
  let time = 0;
  while (time < readingMs) {
    time += pass();
    passes++;
  }
  return (passes / time) * 1000;
}

/**
 * How much of the processor `work` took, in ms. Other than the wall clock's, this time does not run
 * while another program has the processor; what the garbage collector takes is in it.
 */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many rounds of a codec are thrown away: then the compiler is done with both sides. At 1 KiB the
 * peer's first six rounds are up to five times slower than all that follow.
 */
export const CODEC_WARM_UP = 12;

/**
 * Does the work at the first call alone. A side verifies what it does when it is measured, not before: where each side has
 * a process of its own, the compiler must not learn from the other.
 */
export function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
