/** One reader of text, or of bytes, that others choose. */
export interface Row {
  readonly name: string;
  /** Reads it, and must neither throw nor take longer than in proportion. */
  readonly run: (text: string) => unknown;
  /** How many characters it is tried with: the most that can come, where that is few enough. */
  readonly maxLength: number;
}

export function row(name: string, maxLength: number, run: (text: string) => unknown): Row {
  return { name, run, maxLength };
}

/** In characters: the head of a request, as the server takes it. */
export const HEAD = 16 * 1024;
/** In bytes, one by one: each is a call of its own. */
export const TRICKLE = 2 * 1024;
/** An address that a browser keeps may have megabytes; what grows faster shows before. */
export const LONG = 16 * 1024;
/** What can be pasted, ordered or decoded: megabytes, too. */
export const LONGER = 64 * 1024;

/** Reads with a function that throws by contract, and lets nothing but that pass. */
export function unless(expected: new (...args: never[]) => Error, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof expected) return undefined;
    throw error;
  }
}
