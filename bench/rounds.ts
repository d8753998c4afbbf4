/** One of the programs that are compared. */
export interface Side {
  readonly name: string;
  /** Works for a short time, verifies the work, and returns how much it did per second. */
  measure(): number | Reading | Promise<number | Reading>;
}

/** How much work a server did. */
export interface Reading {
  readonly perProcessorSecond: number;
  readonly perClockSecond: number;
}

/** How much one side did per second, round by round. */
export interface Readings {
  readonly name: string;
  readonly rounds: readonly number[];
  /** For a server, the rounds by the clock; its `rounds` are by its processor time. */
  readonly byClock?: readonly number[];
}

/** The ratio of two sides: the median of all rounds, the lowest and the highest. */
export interface Ratio {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Measures all sides in turn (A B A B …): the machine's speed changes from second to second, so only readings taken one
 * after the other can be compared.
 */
export async function measureInTurn(sides: readonly Side[], rounds: number): Promise<Readings[]> {
  const measured = sides.map(({ name }) => ({ name, readings: [] as (number | Reading)[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, side] of sides.entries()) measured[i]?.readings.push(await side.measure());
  }
  return measured.map(({ name, readings }) => {
    const byClock = readings.flatMap((reading) => (typeof reading === 'number' ? [] : [reading.perClockSecond]));
    const first = readings.map((reading) => (typeof reading === 'number' ? reading : reading.perProcessorSecond));
    return { name, rounds: first, ...(byClock.length > 0 && { byClock }) };
  });
}

/** Each round gives one ratio of two readings taken one after the other. The result is the median of these ratios. */
export function ratioOf(readings: Readings, beside: Readings): Ratio {
  if (readings.rounds.length !== beside.rounds.length)
    throw new RangeError('both sides need the same number of rounds');
  const ratios = readings.rounds.map((reading, round) => reading / (beside.rounds[round] as number));
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/** @throws RangeError if there are no values */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of no values');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
