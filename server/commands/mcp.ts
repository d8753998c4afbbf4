import { realpath, stat } from 'node:fs/promises';
import { BadInput, type Command } from './command.ts';
import { parseArguments, refusePositionals } from './parse.ts';

/** Serves the tools of Framelight to an agent. */
export const mcp: Command = {
  name: 'mcp',
  usage: '[options]',
  help: [
    'serves tools to an agent that speaks the Model Context Protocol, on standard input and output: list the connections',
    'of a recording or of a running companion, show their messages and frames, say why they ended, decode, doctor, check.',
    'Cookies, authorizations and what looks like a token are replaced',
    '  --folder FOLDER       open only recordings in this folder (default: any file that you can read)',
  ],
  async run(args) {
    const { values, positionals } = parseArguments(args, { folder: { type: 'string' } });
    refusePositionals(positionals);
    const folder = values.folder === undefined ? undefined : await folderNamed(values.folder);
    const { serveMcp } = await import('./mcp-tools/serve-mcp.ts');
    return serveMcp(folder);
  },
};

/** @returns its path without links */
async function folderNamed(given: string): Promise<string> {
  const found = given === '' ? undefined : await stat(given).catch(() => undefined);
  if (found?.isDirectory() === true) return realpath(given);
  throw new BadInput(`--folder is ${JSON.stringify(given)}, which is not a folder. Give one that exists.`);
}
