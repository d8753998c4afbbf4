import { BadInput, type Command } from './command.ts';

/** Serves the tools of Framelight to an agent. */
export const mcp: Command = {
  name: 'mcp',
  usage: '',
  help: [
    'serves tools to an agent that speaks the Model Context Protocol, on standard input and output: list the connections',
    'of a recording or of a running companion, show their messages and frames, say why they ended, decode, doctor, check.',
    'Cookies, authorizations and what looks like a token are replaced',
  ],
  async run(args) {
    if (args[0] !== undefined) throw new BadInput('mcp takes no arguments.');
    const { serveMcp } = await import('./mcp-tools/serve-mcp.ts');
    return serveMcp();
  },
};
