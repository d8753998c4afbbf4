/** An input is compared with one that is so many times as long. */
const TIMES = 8;

/**
 * So many times as much it may cost: three times its share, since more memory costs more to tidy up. A square costs 64
 * times as much.
 */
const MAX_RATIO = 24;

/** In milliseconds: what costs less is too little to be compared. */
const MIN_COST_MS = 0.05;

/** What a function costs for an input and for one that is eight times as long, in milliseconds. */
export interface Growth {
  readonly small: number;
  readonly large: number;
}

/**
 * Measures how the cost of a function grows with its input: by ratio, so that it does not matter how fast the machine is.
 *
 * A clock tells most functions in a moment. Where it speaks against one, the machine may have been busy with something
 * else: then processor time decides, of so many calls that the ticks in which it is counted are fine enough.
 *
 * @param run takes an input, whatever it is
 * @param make an input of so many characters
 * @returns undefined where the cost grows no faster than the input
 */
export function excessiveGrowth<T>(
  run: (input: T) => unknown,
  make: (length: number) => T,
  maxLength: number,
): Growth | undefined {
  const large = make(maxLength);
  // Most readers see at the first character, or in one go, what they have.
  if (clockedMs(run, large) <= MAX_RATIO * MIN_COST_MS) return undefined;
  const small = make(maxLength / TIMES);
  const clocked = { small: bestClockedMs(run, small), large: bestClockedMs(run, large) };
  if (!isExcessive(clocked)) return undefined;
  const counted = { small: countedMs(run, small), large: countedMs(run, large) };
  return isExcessive(counted) ? counted : undefined;
}

function isExcessive({ small, large }: Growth): boolean {
  return large > MAX_RATIO * Math.max(small, MIN_COST_MS);
}

function clockedMs<T>(run: (input: T) => unknown, input: T): number {
  const startedMs = performance.now();
  run(input);
  return performance.now() - startedMs;
}

function bestClockedMs<T>(run: (input: T) => unknown, input: T): number {
  return Math.min(...Array.from({ length: 3 }, () => clockedMs(run, input)));
}

const LONG_ENOUGH_MS = 150;
/** A function that takes minutes need not be called more than once to be found out. */
const TOO_LONG_MS = 5000;

/** @returns processor time of one call, on average */
function countedMs<T>(run: (input: T) => unknown, input: T): number {
  const before = process.threadCpuUsage();
  const startedMs = performance.now();
  for (let calls = 1; ; calls++) {
    run(input);
    const { user, system } = process.threadCpuUsage(before);
    const spentMs = (user + system) / 1000;
    if (spentMs >= LONG_ENOUGH_MS || performance.now() - startedMs > TOO_LONG_MS) return spentMs / calls;
  }
}
