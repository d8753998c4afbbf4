import type { Command } from './command.ts';

/** The text of `framelight --help`: each command with its options. */
export function formatHelp(commands: readonly Command[]): string {
  return [
    'Framelight: WebSocket, bit by bit',
    '',
    'Usage: framelight [COMMAND] [options]',
    ...commands.flatMap((command) => ['', ...linesOf(command)]),
    '',
    'framelight --help            prints this help',
    'framelight COMMAND --help    prints the help of one command',
    'framelight --version         prints the version',
    '',
  ].join('\n');
}

/** The text of `framelight COMMAND --help`. */
export function formatCommandHelp(command: Command): string {
  return [...linesOf(command), '', 'For all commands: framelight --help', ''].join('\n');
}

function linesOf({ name, usage, help }: Command): string[] {
  return [`framelight ${name} ${usage}`, ...help.map((line) => `  ${line}`)];
}
