import { accept } from './commands/accept.ts';
import { check } from './commands/check.ts';
import { BadInput, type Command, type Output } from './commands/command.ts';
import { decode } from './commands/decode.ts';
import { formatHelp } from './commands/help.ts';
import { serve } from './commands/serve.ts';
import { VERSION } from './version.ts';

const COMMANDS: readonly Command[] = [serve, accept, decode, check];

const BAD_INPUT = 2;

/**
 * Runs one command.
 *
 * @param args what stands behind the program's name
 * @param commands those that there are
 * @returns the exit status: 0, 1 where it could not be done, 2 where the arguments are no good
 */
export async function runCommandLine(
  args: readonly string[],
  output: Output,
  commands: readonly Command[] = COMMANDS,
): Promise<number> {
  try {
    return await run(args, output, commands);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    output.err(`${error.message}\nfor help: framelight --help\n`);
    return BAD_INPUT;
  }
}

function run(args: readonly string[], output: Output, commands: readonly Command[]): Promise<number> | number {
  const [first = ''] = args;
  if (first === '--version') return print(`${VERSION}\n`, output);
  if (first === 'help' || args.some((arg) => arg === '--help' || arg === '-h'))
    return print(formatHelp(commands), output);
  const command = commands.find(({ name }) => name === first);
  if (command) return command.run(args.slice(1), output);
  if (first === '' || first.startsWith('-')) return serve.run(args, output);
  const names = commands.map(({ name }) => name).join(', ');
  throw new BadInput(`There is no command ${JSON.stringify(first)}. There are: ${names}.`);
}

function print(text: string, output: Output): number {
  output.out(text);
  return 0;
}
