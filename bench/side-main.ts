import { rowsAgainst } from './against.ts';
import { answer } from './processes.ts';
import { ROWS } from './rows.ts';

// The process of one side of one row: `side-main.ts ROW INDEX [FOLDER]`. It measures when it is asked.
const [rowName, index, folder] = process.argv.slice(2);
const row = (folder === undefined ? ROWS : rowsAgainst(folder)).find(({ name }) => name === rowName);
if (row === undefined) throw new Error(`no row is named "${rowName}"`);
const { sides } = await row.prepare();
const side = sides[Number(index)];
if (side === undefined) throw new Error(`row "${rowName}" has no side ${index}`);
answer(() => side.measure(), 'ready');
