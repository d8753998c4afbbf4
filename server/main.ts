import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// Node strips the types from each module once, not at every start; so all the others are loaded after this.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/framelight', import.meta.url)));
const { runCommandLine } = await import('./commands/command-line.ts');

// Whoever reads the output may stop before its end, as head(1) does: then there is nothing left to do.
process.stdout.on('error', () => process.exit());
// The log may have nobody left who reads it, as when its terminal is closed: the server goes on, and ends in order.
process.stderr.on('error', () => {});

/** To the start of the line, and away with what stands there. */
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
  // What writes at once never needs to drain; but an error, or a signal, is heard of between two turns only.
  else await setImmediate();
}
