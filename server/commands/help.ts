import type { Command } from './command.ts';

/** The text of `--help`: each command with its options. */
export function formatHelp(commands: readonly Command[]): string {
  return [
    'Framelight: WebSocket, bit by bit',
    '',
    'Usage: framelight [COMMAND] [options]',
    ...commands.flatMap(({ name, usage, help }) => [
      '',
      `framelight ${name} ${usage}`,
      ...help.map((line) => `  ${line}`),
    ]),
    '',
    'framelight --help      prints this help',
    'framelight --version   prints the version',
    '',
  ].join('\n');
}
