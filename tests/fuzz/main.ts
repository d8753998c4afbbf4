import wsPackage from 'ws/package.json' with { type: 'json' };
import { type Parsed, positiveNumber, refusePositionals, wholeNumber } from '../../server/commands/parse.ts';
import { runProgram } from '../../server/commands/run-program.ts';
import { type Progress, run } from './run.ts';

/** Between two lines that say how far it has come. */
const PROGRESS_SECONDS = 5;

const HELP = `npm run fuzz -- [--seed N] [--streams N] [--seconds N] [--first N]

Sends random and mutated streams of frames to this project's endpoint and to the receiver of the ws package,
and heads of requests to this project's parser and to Node's. Both must say the same; the ways in which they
are known not to are listed with their reasons in tests/fuzz/known-frame-differences.ts and
known-head-differences.ts. All streams follow from the seed. Ends with 1 where something differs.

  --seed N     a number from 0 to 4294967295; left out, a new one
  --streams N  how many streams, 100000 if left out
  --seconds N  ends after so long, if that is sooner
  --first N    begins with this stream: how to see a failure again`;

const OPTIONS = {
  seed: { type: 'string' },
  streams: { type: 'string' },
  seconds: { type: 'string' },
  first: { type: 'string' },
} as const;

/** @returns the exit status */
async function fuzz({ values, positionals }: Parsed<typeof OPTIONS>): Promise<number> {
  refusePositionals(positionals);
  const seed = wholeNumber('seed', values.seed, 0, 2 ** 32 - 1) ?? Math.floor(Math.random() * 2 ** 32);
  const streams = wholeNumber('streams', values.streams, 1, Number.MAX_SAFE_INTEGER) ?? 100_000;
  const first = wholeNumber('first', values.first, 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const seconds = positiveNumber('seconds', values.seconds, 60) ?? Number.POSITIVE_INFINITY;
  console.log(`Node ${process.version}, ws ${wsPackage.version}, seed ${seed}`);
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let shownAt = 0;
  const onProgress = (progress: Progress) => {
    if (elapsed() - shownAt < PROGRESS_SECONDS) return;
    shownAt = elapsed();
    console.log(`${format(progress)} in ${Math.round(elapsed())} s`);
  };
  const result = await run({ seed, first, streams, isOver: () => elapsed() >= seconds, onProgress });
  for (const failure of result.failures) console.log(`\n${failure}`);
  console.log(`\n${format(result)} in ${elapsed().toFixed(1)} s; known differences:`);
  for (const [name, count] of [...result.known].sort(([, a], [, b]) => b - a))
    console.log(`${String(count).padStart(9)}  ${name}`);
  return result.failures.length === 0 ? 0 : 1;
}

function format({ frames, heads, failures }: Progress): string {
  const found = failures.length === 0 ? 'no failure' : `${failures.length} failures`;
  return `${frames} streams of frames, ${heads} heads, ${found}`;
}

await runProgram({ help: HELP, options: OPTIONS, run: fuzz });
