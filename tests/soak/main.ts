import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import wsPackage from 'ws/package.json' with { type: 'json' };
import { type Progress, soak } from './run.ts';
import { breaches, formatTable } from './table.ts';

const HELP = `npm run soak -- [--minutes N] [--seed S]

Misbehaves at random against one server, in a process of its own, beside clients that do nothing wrong; prints how
these fared, beside the same without mischief, and with the ws package's server. Ends with 1 where a bound is broken.

  --minutes N  how long, 2 if left out; 0.1 is six seconds
  --seed S     a number from 0 to 4294967295: which mischief goes on together, and how much of it; left out, a new one`;

const values = readOptions();
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed);
const minutes = Number(values.minutes);
let minutesShown = 0;

if (values.help) console.log(HELP);
else if (!(minutes > 0) || !Number.isSafeInteger(seed) || seed < 0 || seed >= 2 ** 32) {
  console.error('--minutes takes a number above 0, --seed a whole number from 0 to 4294967295; see --help.');
  process.exitCode = 2;
} else {
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
  process.exitCode = broken.length === 0 ? 0 : 1;
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

function readOptions() {
  try {
    const options = {
      minutes: { type: 'string', default: '2' },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nSee --help.`);
    // 1 would say that a bound is broken.
    process.exit(2);
  }
}
