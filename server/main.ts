import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// With the cache, Node strips the types of each module only once. So all other modules are loaded after this line.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/framelight', import.meta.url)));
const { runCommandLine } = await import('./commands/command-line.ts');

// The reader of the output may stop early, as head(1) does. Then nothing is left to do.
process.stdout.on('error', () => process.exit());
// The reader of the log may be gone, for example if its terminal was closed. The server goes on.
process.stderr.on('error', () => {});

/** Moves to the start of the line and erases it. */
const CLEAR_LINE = '\r\u001b[K';

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  drained,
  status: process.stderr.isTTY ? showStatus : undefined,
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
});

function showStatus(line: string): void {
  process.stderr.write(CLEAR_LINE + line.slice(0, process.stderr.columns - 1));
}

async function drained(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  // A synchronous stream never needs to drain, but errors and signals are handled only between two turns.
  else await setImmediate();
}
