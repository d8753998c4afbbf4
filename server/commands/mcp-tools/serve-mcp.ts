import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { VERSION } from '../../version.ts';
import { registerTools } from './tools.ts';

/**
 * Serves the tools on standard input and output until standard input ends. Nothing else is written to standard output.
 *
 * @param folder the only one whose recordings may be opened
 * @returns the exit status
 */
export async function serveMcp(folder?: string): Promise<number> {
  const closing: (() => void)[] = [];
  const handle = serveStdio(() => {
    const server = new McpServer({ name: 'framelight', version: VERSION }, { capabilities: { tools: {} } });
    const sources = registerTools(server, folder);
    closing.push(() => sources.close());
    return server;
  });
  await new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
  });
  await handle.close();
  for (const close of closing) close();
  return 0;
}
