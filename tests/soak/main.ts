import { cpus, loadavg } from 'node:os';
import wsPackage from 'ws/package.json' with { type: 'json' };
import { type Parsed, positiveNumber, refusePositionals, wholeNumber } from '../../server/commands/parse.ts';
import { runProgram } from '../../server/commands/run-program.ts';
import { type Progress, soak } from './run.ts';
import { breaches, formatTable } from './table.ts';

const HELP = `npm run soak -- [--minutes N] [--seed S]

Misbehaves at random against one server, in a process of its own, beside clients that do nothing wrong; prints how
these fared, beside the same without mischief, and with the ws package's server. Ends with 1 where a bound is broken.

  --minutes N  how long, 2 if left out; 0.1 is six seconds
  --seed S     a number from 0 to 4294967295: which mischief goes on together, and how much of it; left out, a new one`;

const OPTIONS = { minutes: { type: 'string' }, seed: { type: 'string' } } as const;

let minutesShown = 0;

/** @returns the exit status */
async function run({ values, positionals }: Parsed<typeof OPTIONS>): Promise<number> {
  refusePositionals(positionals);
  const seed = wholeNumber('seed', values.seed, 0, 2 ** 32 - 1) ?? Math.floor(Math.random() * 2 ** 32);
  const minutes = positiveNumber('minutes', values.minutes, 2) ?? 2;
  const load = loadavg()[0]?.toFixed(1);
  console.log(
    `Node ${process.version}, ws ${wsPackage.version}, ${cpus().length} processors, load ${load}, seed ${seed}`,
  );
  const result = await soak({ seed, seconds: 60 * minutes, onProgress: showProgress });
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  console.log(formatTable(result));
  const broken = breaches(result);
  for (const sentence of broken) console.log(`broken: ${sentence}`);
  if (broken.length > 0) console.log(`again: npm run soak -- --minutes ${minutes} --seed ${seed}`);
  return broken.length === 0 ? 0 : 1;
}

/** On one line, which is written over; a log, which cannot be, gets one a minute. */
function showProgress({ seconds, echoed, rss, mischief }: Progress): void {
  const { isTTY, columns = 80 } = process.stdout;
  const mebibytes = Math.round(rss / 1024 / 1024);
  const line = `${Math.floor(seconds)} s, ${echoed} echoes, ${mebibytes} MiB: ${mischief.join(', ')}`;
  if (isTTY) process.stdout.write(`\r\u001b[K${line.slice(0, columns - 1)}`);
  else if (seconds >= 60 * (minutesShown + 1)) {
    minutesShown++;
    console.log(line);
  }
}

await runProgram({ help: HELP, options: OPTIONS, run });
