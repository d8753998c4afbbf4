import { escapeUnseen } from '../../src/text/quote-text.ts';
import { BadInput } from './command.ts';
import { type Options, type Parsed, parseArguments } from './parse.ts';

/** One of the project's own programs, such as the one that `npm run fuzz` starts. */
export interface Program<T extends Options> {
  /** The text of `--help`. */
  readonly help: string;
  readonly options: T;
  /**
   * @returns the exit status
   * @throws BadInput if the arguments cannot be used
   */
  run(given: Parsed<T>): Promise<number>;
}

const BAD_INPUT = 2;

/** Runs a program with the arguments of this process. Wrong arguments end it with a one-line message. */
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
