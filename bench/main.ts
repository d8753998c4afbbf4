import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import wsPackage from 'ws/package.json' with { type: 'json' };
import { measureInTurn } from './rounds.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows.ts';
import { prepareApart } from './side-process.ts';
import { formatResult, type Result, resultOf, TABLE_HEAD } from './table.ts';

const HELP = `npm run bench -- [WORD …] [--quick] [--json]

Measures this project beside the ws package, in turn, and prints the ratios: the median of all rounds.
A WORD chooses the rows whose group or name has it in it; the groups are ${groups().join(', ')}.
"limit" is a copy of the bytes for the codec, and a server that echoes raw TCP for the servers.
A server's figures are for one second of its processor time; "clock" is the ratio by the clock.

  --quick  three rounds in place of five: to look, not to quote
  --json   one JSON array in place of the table`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, help: { type: 'boolean' } },
});
const chosen = ROWS.filter(
  (row) => positionals.length === 0 || positionals.some((word) => labelOf(row).includes(word)),
);

if (values.help) console.log(HELP);
else if (chosen.length === 0) {
  console.error(`no row has "${positionals.join('" or "')}" in it; --help says which groups there are`);
  process.exitCode = 2;
} else if (values.json) {
  const results: Result[] = [];
  for (const row of chosen) results.push(await measure(row));
  console.log(JSON.stringify(results, undefined, 2));
} else {
  const load = loadavg()[0]?.toFixed(1);
  console.log(`Node ${process.version}, ws ${wsPackage.version}, ${cpus().length} processors, load ${load}`);
  console.log(TABLE_HEAD);
  for (const row of chosen) console.log(formatResult(await measure(row)));
}

async function measure(row: Row): Promise<Result> {
  const { sides, close } = await (row.apart ? prepareApart(row, row.apart) : row.prepare());
  try {
    // At first the compiler is still at work.
    await measureInTurn(sides, row.warmUp ?? 3);
    return resultOf(row, await measureInTurn(sides, values.quick ? 3 : 5));
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
