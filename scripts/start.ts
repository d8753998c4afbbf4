import { COMMANDS, runCommandLine } from '../server/commands/command-line.ts';
import { serve, serveOptions } from '../server/commands/serve.ts';
import { buildSite } from './build-site.ts';
import { needsBuild } from './freshness.ts';

// Builds the site where it is missing or stale, then serves it: what `npm start` does.

const ROOT = new URL('../', import.meta.url);

async function start(args: readonly string[]): Promise<number> {
  const output = {
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
  };
  const build: typeof serve.run = async (given) => {
    // Whatever is wrong with the options is said before the build, not after it.
    serveOptions(given, output);
    const status = needsBuild(ROOT) ? await buildSite(ROOT) : 0;
    return status === 0 ? serve.run(given, output) : status;
  };
  return runCommandLine(args, output, { ...COMMANDS, serve: async () => ({ ...serve, run: build }) });
}

// The log may have nobody left who reads it, as when its terminal is closed: the server goes on, and ends in order.
process.stderr.on('error', () => {});

process.exitCode = await start(process.argv.slice(2));
