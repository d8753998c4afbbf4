import { escapeUnseen } from '../../src/text/quote-text.ts';
import { VERSION } from '../version.ts';
import { BadInput, type Command, type Output } from './command.ts';
import { formatCommandHelp, formatHelp } from './help.ts';

/** Commands are loaded on demand, so that a running server does not have the conformance suite in memory. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  accept: async () => (await import('./accept.ts')).accept,
  decode: async () => (await import('./decode.ts')).decode,
  open: async () => (await import('./open.ts')).open,
  proxy: async () => (await import('./proxy.ts')).proxy,
  watch: async () => (await import('./watch.ts')).watch,
  sandwich: async () => (await import('./sandwich.ts')).sandwich,
  connect: async () => (await import('./connect.ts')).connect,
  encode: async () => (await import('./encode.ts')).encode,
  report: async () => (await import('./report.ts')).report,
  check: async () => (await import('./check.ts')).check,
  doctor: async () => (await import('./doctor.ts')).doctor,
  mcp: async () => (await import('./mcp.ts')).mcp,
};
const DEFAULT_COMMAND = 'serve';

const BAD_INPUT = 2;

/**
 * Runs one command.
 *
 * @param args the arguments after the program's name
 * @returns the exit status: 0 for success, 1 for failure, 2 for wrong arguments
 */
export async function runCommandLine(
  args: readonly string[],
  output: Output,
  commands: typeof COMMANDS = COMMANDS,
): Promise<number> {
  // A message may quote an argument, a peer or the system. None of them may control the terminal.
  const escaped: Output = { ...output, err: (text) => output.err(escapeUnseen(text)) };
  try {
    return await run(args, escaped, commands);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const [first = ''] = args;
    const command = commandNamed(first, commands) === undefined ? '' : `${first} `;
    escaped.err(`${error.message}\nFor help: framelight ${command}--help\n`);
    return BAD_INPUT;
  }
}

async function run(args: readonly string[], output: Output, commands: typeof COMMANDS): Promise<number> {
  const [first = ''] = args;
  if (first === '--version') return print(`${VERSION}\n`, output);
  if (first === 'help' || args.some((arg) => arg === '--help' || arg === '-h')) {
    const one = await commandNamed(first === 'help' ? (args[1] ?? '') : first, commands)?.();
    if (one) return print(formatCommandHelp(one), output);
    const all = await Promise.all(Object.values(commands).map((load) => load()));
    return print(formatHelp(all), output);
  }
  const named = first !== '' && !first.startsWith('-');
  const load = named ? commandNamed(first, commands) : commands[DEFAULT_COMMAND];
  const command = await load?.();
  if (command) return command.run(named ? args.slice(1) : args, output);
  throw new BadInput(
    `Unknown command ${JSON.stringify(first)}. The commands are: ${Object.keys(commands).join(', ')}.`,
  );
}

function commandNamed(name: string, commands: typeof COMMANDS): (() => Promise<Command>) | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

function print(text: string, output: Output): number {
  output.out(text);
  return 0;
}
