/** The shortest duration of one reading in ms: long compared with the clock's steps, short compared with a whole run. */
const READING_MS = 30;

/**
 * Repeats a pass until the shortest duration of a reading is over.
 *
 * @param pass does the work once and returns the time of the measured part, in ms
 * @returns passes per second
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
 * The processor time of `work` in ms. Unlike the time by the clock, it does not include time that other programs have the
 * processor. It does include the garbage collector.
 */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many rounds of a codec are dropped, so that the compiler has finished with both sides. At 1 KiB the peer's first six
 * rounds are up to five times slower than the others.
 */
export const CODEC_WARM_UP = 12;

/**
 * Does the work only at the first call. A side verifies its results when it is measured, not before: then, if each side has
 * its own process, its compiler never sees the other side's code.
 */
export function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
