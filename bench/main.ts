import { parseArgs } from 'node:util';
import { measureInTurn } from './rounds.ts';
import { ROWS } from './rows.ts';
import { prepareApart } from './side-process.ts';
import { formatResult, type Result, resultOf, TABLE_HEAD } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, rounds: { type: 'string' } },
});
const rounds = Number(values.rounds ?? (values.quick ? 5 : 9));
const chosen = ROWS.filter(
  (row) => positionals.length === 0 || positionals.some((word) => `${row.group} ${row.name}`.includes(word)),
);

const results: Result[] = [];
if (!values.json) console.log(TABLE_HEAD);
for (const row of chosen) {
  const { sides, close } = await (row.apart ? prepareApart(row, row.apart) : row.prepare());
  await measureInTurn(sides, 4);
  const result = resultOf(row, await measureInTurn(sides, rounds));
  await close?.();
  results.push(result);
  if (!values.json) console.log(formatResult(result));
}
if (values.json) console.log(JSON.stringify(results, undefined, 2));
