import { BadInput } from '../../server/commands/command.ts';
import { type Parsed, positiveNumber, wholeNumber } from '../../server/commands/parse.ts';
import { runProgram } from '../../server/commands/run-program.ts';
import { Random } from '../fuzz/random.ts';
import { findPropertyFiles } from './find-property-files.ts';
import { type Failure, runRound } from './run-round.ts';

const DEFAULT_MINUTES = 2;
const DEFAULT_RUNS = 1000;
const MAX_SEED = 2 ** 31 - 1;

const HELP = `npm run properties -- [--minutes N] [--seed S] [--runs N] [--rounds N] [PATH…]

Runs every test file that holds a property, round after round, each round with a new seed; npm test runs them with one
fixed seed. Prints each failure with its seed, the value that breaks the property, and how to see it again. Ends with 1
after the first round in which something failed. Make every such value an example in the suite.

  --minutes N  begins no round after so long, ${DEFAULT_MINUTES} if left out; there is always one round
  --seed S     a number from 0 to ${MAX_SEED}: the seed of the first round, from which the others follow; left out, a new one
  --runs N     runs of each property that asks for no number of its own, ${DEFAULT_RUNS} if left out
  --rounds N   ends after so many rounds, if that is sooner
  PATH         only files whose path contains this`;

const OPTIONS = {
  minutes: { type: 'string' },
  seed: { type: 'string' },
  runs: { type: 'string' },
  rounds: { type: 'string' },
} as const;

/** @returns the exit status */
async function run({ values, positionals }: Parsed<typeof OPTIONS>): Promise<number> {
  const minutes = positiveNumber('minutes', values.minutes, DEFAULT_MINUTES) ?? DEFAULT_MINUTES;
  const numRuns = wholeNumber('runs', values.runs, 1, 1_000_000) ?? DEFAULT_RUNS;
  const rounds = wholeNumber('rounds', values.rounds, 1, 1_000_000) ?? Number.POSITIVE_INFINITY;
  let seed = wholeNumber('seed', values.seed, 0, MAX_SEED) ?? Math.floor(Math.random() * (MAX_SEED + 1));
  const paths = findPropertyFiles().filter((path) => isChosen(path, positionals));
  if (paths.length === 0)
    throw new BadInput(`No test file with a property has ${positionals.join(' or ')} in its path.`);
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  console.log(`Node ${process.version}, ${paths.length} files`);
  for (let round = 1; round <= rounds && (round === 1 || elapsed() < 60 * minutes); round++) {
    const { tests, failures } = await runRound(paths, { seed, numRuns });
    console.log(`round ${round}, seed ${seed}: ${tests} tests, ${failures.length} failed, ${Math.round(elapsed())} s`);
    for (const failure of failures) console.log(format(failure, seed, numRuns));
    if (failures.length > 0) return 1;
    seed = new Random(seed).nat(MAX_SEED + 1);
  }
  return 0;
}

function isChosen(path: string, parts: readonly string[]): boolean {
  return parts.length === 0 || parts.some((part) => path.includes(part));
}

function format({ path, test, message }: Failure, seed: number, numRuns: number): string {
  const again = `again: npm run properties -- --seed ${seed} --runs ${numRuns} --rounds 1 ${path}`;
  return `\n${path}: ${test}\n${message}\n${again}`;
}

await runProgram({ help: HELP, options: OPTIONS, run });
