/** What fast-check is told once for all properties of a process. */
export interface PropertyParameters {
  readonly seed: number;
  /** Runs of a property that asks for no number of its own. */
  readonly numRuns: number;
}

/** In `npm test` every property draws the same values each time, on every machine. */
export const DEFAULT_PARAMETERS: PropertyParameters = { seed: 6455, numRuns: 100 };

/** The most runs that a property may ask for. */
export const MAX_RUNS = 3000;

const SEED_VARIABLE = 'FRAMELIGHT_SEED';
const RUNS_VARIABLE = 'FRAMELIGHT_RUNS';

/**
 * The parameters that the environment asks for; without any, those of `npm test`.
 *
 * @throws RangeError for a variable that is no whole number: a run with another seed than asked for shows nothing
 */
export function parametersFrom(environment: Readonly<Record<string, string | undefined>>): PropertyParameters {
  return {
    seed: wholeNumberIn(environment, SEED_VARIABLE) ?? DEFAULT_PARAMETERS.seed,
    numRuns: wholeNumberIn(environment, RUNS_VARIABLE) ?? DEFAULT_PARAMETERS.numRuns,
  };
}

/** The environment that asks for these parameters. */
export function environmentFor({ seed, numRuns }: PropertyParameters): Record<string, string> {
  return { [SEED_VARIABLE]: String(seed), [RUNS_VARIABLE]: String(numRuns) };
}

function wholeNumberIn(environment: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new RangeError(`${name} is ${JSON.stringify(text)}: give a whole number, or leave it out.`);
}
