import { type HexProblem, hexProblem } from '../hex/hex-problem.ts';

/** Bytes that were pasted in one piece: a packet, a call, a row of a log, or all there is. */
export interface PastedPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Which of two ends sent them, if the text tells the two apart: 0 is the one that the text names or shows first. */
  readonly side?: 0 | 1;
  /** Who sent them, if the text says so. */
  readonly sender?: 'client' | 'server';
}

/** What a pasted text holds. */
export interface Pasted {
  /** The form that it was read as, for a sentence: `decimal bytes`. */
  readonly form: string;
  readonly parts: readonly PastedPart[];
  /** What there is to say besides, a sentence each: what was skipped, what is missing. */
  readonly notes: readonly string[];
}

export type PasteResult = Pasted | { readonly problem: HexProblem };

/**
 * Reads one form of text.
 *
 * @returns undefined if the text does not have this form; a problem if it does and something in it is wrong
 */
export type ReadForm = (text: string) => PasteResult | undefined;

/** A text that holds one run of bytes. */
export function pastedRun(form: string, bytes: Uint8Array<ArrayBuffer>, notes: readonly string[] = []): Pasted {
  return { form, parts: [{ bytes }], notes };
}

/** A text that is recognized and not read: the sentence names the form and says what to paste in its place. */
export function refused(sentence: string, start: number, end: number): PasteResult {
  return hexProblem(sentence, start, end);
}

/** One line of a text, without its end. */
export interface Line {
  readonly text: string;
  /** Its first character's index in the whole text. */
  readonly start: number;
}

/** The lines of a text that hold something. A line ends with LF or CR LF. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const kept = line.trimEnd();
    if (kept !== '') lines.push({ text: kept, start });
    start += line.length + 1;
  }
  return lines;
}

/** The bytes of hex pairs with white space between them. */
export function bytesOfPairs(pairs: string): number[] {
  return (pairs.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
}
