import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import wsPackage from 'ws/package.json' with { type: 'json' };
import { BadInput } from '../server/commands/command.ts';
import type { Parsed } from '../server/commands/parse.ts';
import { runProgram } from '../server/commands/run-program.ts';
import { rowsAgainst } from './against.ts';
import { loadBuild } from './other-build.ts';
import { measureInTurn } from './rounds.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows.ts';
import { prepareApart } from './side-process.ts';
import { formatResult, type Result, resultOf, TABLE_HEAD } from './table.ts';

const HELP = `npm run bench -- [WORD …] [--against FOLDER] [--quick] [--json]

Measures this project and the ws package in turn, and prints the ratio: the median of all rounds.
A WORD selects the rows whose group or name contains it. The groups are ${groups().join(', ')}.
"limit" is a copy of the bytes for the codec, and a server on Node's sockets that knows nothing of frames for the servers.
If the limit itself is below a goal, its ratio is printed.
A server's figures are for one second of its processor time. "clock" is the ratio by the clock.
"pubsub" needs a redis-server on this machine: two servers over one Redis, beside Socket.IO's, and beside one server with
its memory in the column "limit". The processor time of Redis itself is not counted.
The goals of "start" are for this project's own figures: 300 ms, and 80 MB.

  --against FOLDER  another build of this project in place of the ws package: the folder of a checkout, such as one made
                    by git worktree. No row should be below 0.9
  --quick           three rounds in place of nine: for a quick look, not for published figures
  --json            one JSON array in place of the table`;

const OPTIONS = { against: { type: 'string' }, json: { type: 'boolean' }, quick: { type: 'boolean' } } as const;

/** @returns the exit status */
async function bench({ values, positionals }: Parsed<typeof OPTIONS>): Promise<number> {
  const folder = values.against === undefined ? undefined : resolve(values.against);
  if (folder !== undefined) await loadBuild(folder);
  const chosen = rowsNamed(positionals, folder === undefined ? ROWS : rowsAgainst(folder));
  const rounds = values.quick ? 3 : 9;
  if (values.json) {
    const results: Result[] = [];
    for (const row of chosen) results.push(await measure(row, rounds, folder));
    console.log(JSON.stringify(results, undefined, 2));
    return 0;
  }
  const load = loadavg()[0]?.toFixed(1);
  console.log(`Node ${process.version}, ws ${wsPackage.version}, ${cpus().length} processors, load ${load}`);
  if (folder !== undefined) console.log(`Peer: the build in ${folder}`);
  console.log(TABLE_HEAD);
  for (const row of chosen) console.log(formatResult(await measure(row, rounds, folder)));
  return 0;
}

/** @throws BadInput if no row contains one of the words */
function rowsNamed(words: readonly string[], rows: readonly Row[]): readonly Row[] {
  const unknown = words.find((word) => !rows.some((row) => labelOf(row).includes(word)));
  if (unknown !== undefined) {
    throw new BadInput(`No row contains ${JSON.stringify(unknown)}. The groups are ${groups().join(', ')}.`);
  }
  return rows.filter((row) => words.length === 0 || words.some((word) => labelOf(row).includes(word)));
}

async function measure(row: Row, rounds: number, folder: string | undefined): Promise<Result> {
  const { sides, close } = await (row.apart ? prepareApart(row, row.apart, folder) : row.prepare());
  try {
    // In the first rounds the compiler is still busy.
    await measureInTurn(sides, row.warmUp ?? 3);
    return resultOf(row, await measureInTurn(sides, rounds));
  } finally {
    await close?.();
  }
}

function labelOf({ group, name }: Row): string {
  return `${group} ${name}`;
}

function groups(): string[] {
  return [...new Set(ROWS.map(({ group }) => group))];
}

await runProgram({ help: HELP, options: OPTIONS, run: bench });
