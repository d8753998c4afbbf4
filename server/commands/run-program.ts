import { escapeUnseen } from '../../src/text/quote-text.ts';
import { BadInput } from './command.ts';
import { type Options, type Parsed, parseArguments } from './parse.ts';

/** One of the project's own programs: what `npm run fuzz` starts, say. */
export interface Program<T extends Options> {
  /** What `--help` prints. */
  readonly help: string;
  readonly options: T;
  /**
   * @returns the exit status
   * @throws BadInput where the arguments cannot be used
   */
  run(given: Parsed<T>): Promise<number>;
}

const BAD_INPUT = 2;

/** Runs a program with the arguments of this process. Those that are no good end it with one line that says why. */
export async function runProgram<T extends Options>({ help, options, run }: Program<T>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(help);
    return;
  }
  try {
    process.exitCode = await run(parseArguments(args, options));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    console.error(escapeUnseen(error.message));
    process.exitCode = BAD_INPUT;
  }
}
