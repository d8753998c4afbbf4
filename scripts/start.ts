import { COMMANDS, runCommandLine } from '../server/commands/command-line.ts';
import { serve, serveOptions } from '../server/commands/serve.ts';
import { buildSite } from './build-site.ts';
import { needsBuild } from './freshness.ts';

// `npm start`: builds the site if it is missing or out of date, then serves it.

const ROOT = new URL('../', import.meta.url);

async function start(args: readonly string[]): Promise<number> {
  const output = {
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
  };
  const build: typeof serve.run = async (given) => {
    // Wrong options are reported before the build.
    serveOptions(given, output);
    const status = needsBuild(ROOT) ? await buildSite(ROOT) : 0;
    return status === 0 ? serve.run(given, output) : status;
  };
  return runCommandLine(args, output, { ...COMMANDS, serve: async () => ({ ...serve, run: build }) });
}

// The reader of the log may be gone, for example if its terminal was closed. The server goes on.
process.stderr.on('error', () => {});

process.exitCode = await start(process.argv.slice(2));
