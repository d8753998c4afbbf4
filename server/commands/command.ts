/** Where a command writes; its own in tests. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Resolves when what was written has gone out: a command with much to write waits for it. At once without it. */
  readonly drained?: (() => Promise<void>) | undefined;
  /** Shows a line that the next one takes the place of; there where somebody watches. Empty: shows none. */
  readonly status?: ((line: string) => void) | undefined;
  /** How long a line may be, where somebody reads it. */
  readonly columns?: number | undefined;
}

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What stands behind the name in the help. */
  readonly usage: string;
  /** Lines for the help. */
  readonly help: readonly string[];
  /**
   * @param args what stands behind the command's name
   * @returns the exit status
   * @throws BadInput where the arguments, or what they lead to, cannot be used
   */
  run(args: readonly string[], output: Output): Promise<number> | number;
}

/** What was given cannot be used: exit 2, the message on standard error, nothing on standard output. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
