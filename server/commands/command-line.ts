import { escapeUnseen } from '../../src/text/quote-text.ts';
import { VERSION } from '../version.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { formatHelp } from './help.ts';

/** Each command is loaded when it is wanted: a server at rest holds no conformance suite in memory. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  accept: async () => (await import('./accept.ts')).accept,
  decode: async () => (await import('./decode.ts')).decode,
  check: async () => (await import('./check.ts')).check,
};
const DEFAULT_COMMAND = 'serve';

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
  commands: typeof COMMANDS = COMMANDS,
): Promise<number> {
  // Whatever is said there may quote an argument, a peer or an error of the system: none of them shall steer the terminal.
  const escaped: Output = { ...output, err: (text) => output.err(escapeUnseen(text)) };
  try {
    return await run(args, escaped, commands);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    escaped.err(`${error.message}\nfor help: framelight --help\n`);
    return BAD_INPUT;
  }
}

async function run(args: readonly string[], output: Output, commands: typeof COMMANDS): Promise<number> {
  const [first = ''] = args;
  if (first === '--version') return print(`${VERSION}\n`, output);
  if (first === 'help' || args.some((arg) => arg === '--help' || arg === '-h')) {
    const all = await Promise.all(Object.values(commands).map((load) => load()));
    return print(formatHelp(all), output);
  }
  const named = first !== '' && !first.startsWith('-');
  const load = named ? commandNamed(first, commands) : commands[DEFAULT_COMMAND];
  const command = await load?.();
  if (command) return command.run(named ? args.slice(1) : args, output);
  throw new BadInput(`There is no command ${JSON.stringify(first)}. There are: ${Object.keys(commands).join(', ')}.`);
}

function commandNamed(name: string, commands: typeof COMMANDS): (() => Promise<Command>) | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

function print(text: string, output: Output): number {
  output.out(text);
  return 0;
}
