/** Where a command writes. Tests replace it. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Resolves when the output is written. A command with much output waits for it. */
  readonly drained?: (() => Promise<void>) | undefined;
  /** Shows a line that the next one replaces; an empty line removes it. Present only on a terminal. */
  readonly status?: ((line: string) => void) | undefined;
  /** The width of the terminal, in characters; undefined without one. */
  readonly columns?: number | undefined;
}

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** The arguments, as the help shows them. */
  readonly usage: string;
  /** The lines of the help. */
  readonly help: readonly string[];
  /**
   * @param args the arguments after the command's name
   * @returns the exit status
   * @throws BadInput if the arguments, or the input they name, cannot be used
   */
  run(args: readonly string[], output: Output): Promise<number> | number;
}

/** The input cannot be used: the program prints the message on standard error and exits with 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
