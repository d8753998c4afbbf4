import { type Parsed, positiveNumber, refusePositionals } from '../../server/commands/parse.ts';
import { runProgram } from '../../server/commands/run-program.ts';
import { measureHarm } from '../faults/measure-harm.ts';
import { ServerProcess } from '../faults/server-process.ts';
import type { Attack } from './attack.ts';
import { ATTACKS } from './attacks.ts';

const HELP = `npm run attack -- [--scale N] [--only TEXT]

Tries on a server, in a process of its own, what could freeze it or fill it, beside a client that echoes all along, and
prints what it cost: the memory by which the process grew, and the longest that the client waited. Where the ws package has
the like, its server is put to the same. Ends with 1 where a bound is broken.

  --scale N    how much of it: 1 if left out, which is harmless; 10 takes minutes
  --only TEXT  only the attacks whose name has this in it`;

const OPTIONS = { scale: { type: 'string' }, only: { type: 'string' } } as const;

/** @returns the exit status */
async function run({ values, positionals }: Parsed<typeof OPTIONS>): Promise<number> {
  refusePositionals(positionals);
  const scale = positiveNumber('scale', values.scale, 1) ?? 1;
  console.log(`Node ${process.version}, scale ${scale}\n`);
  console.log('| attack | load | grew | wait | ws grew | ws wait |\n|---|---|--:|--:|--:|--:|');
  let broken = 0;
  for (const attack of ATTACKS.filter(({ name }) => name.includes(values.only ?? ''))) {
    const ours = await measure(attack, scale, attack.settings);
    const theirs = attack.comparable ? await measure(attack, scale, 'ws') : undefined;
    const figures = [ours, theirs].flatMap((harm) =>
      harm ? [`${harm.mebibytes} MiB`, `${harm.waitMs} ms`] : ['', ''],
    );
    console.log(`| ${[attack.name, attack.load(scale), ...figures].join(' | ')} |`);
    const { peakMegabytes, worstLatencyMs, lines = Number.POSITIVE_INFINITY } = attack.bounds;
    const within = ours.mebibytes <= peakMegabytes && ours.waitMs <= worstLatencyMs && ours.lines <= lines;
    if (ours.lost === 0 && within) continue;
    if (ours.lost === 0 && scale > 1) {
      console.log(`past the bounds, which are for scale 1: ${peakMegabytes} MiB and ${worstLatencyMs} ms`);
      continue;
    }
    broken++;
    console.log(
      `broken: at most ${peakMegabytes} MiB, ${worstLatencyMs} ms and ${lines} lines; there were ${ours.lines} lines, ${ours.lost} messages lost`,
    );
  }
  return broken === 0 ? 0 : 1;
}

async function measure({ attack }: Attack, scale: number, settings: Attack['settings'] | 'ws') {
  const server = await ServerProcess.start(settings && { settings });
  try {
    const { peakMegabytes, latencies, lost, lines } = await measureHarm(server, () => attack(server.port, scale));
    return { lines, mebibytes: Math.round(peakMegabytes), waitMs: Math.round(Math.max(...latencies)), lost };
  } finally {
    await server.kill();
  }
}

await runProgram({ help: HELP, options: OPTIONS, run });
