import { type HexProblem, hexProblem } from '../hex/hex-problem.ts';

/** One piece of pasted bytes: a packet, a call, a row of a log, or the whole text. */
export interface PastedPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Which of the two ends sent them, if the text shows that there are two: 0 is the end that comes first in the text. */
  readonly side?: 0 | 1;
  /** The side that sent them, if the text says so. */
  readonly sender?: 'client' | 'server';
  /** The connection, if the text has several: any name. */
  readonly connection?: string;
  /** Milliseconds since some moment, if the text has times. */
  readonly timeMs?: number;
  /** How many bytes of the same side were sent before these and are not in the text, or that nobody knows how many. */
  readonly missingBefore?: number | 'unknown';
  /** Whether the text says that this side ended TCP after these bytes. */
  readonly isLast?: boolean;
}

/** The contents of a pasted text. */
export interface Pasted {
  /** The name of its form, for the sentence "Read as: decimal bytes." */
  readonly form: string;
  readonly parts: readonly PastedPart[];
  /** Remarks for the reader, one sentence each: what was skipped, what is missing. */
  readonly notes: readonly string[];
}

/** A file whose bytes a text shows. */
export interface PastedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The form of the text, such as "base64". */
  readonly form: string;
}

/** A text that cannot be read as the bytes of a connection. */
export interface PasteProblem {
  readonly problem: HexProblem;
  /** Whether the form is known, and cannot be read. Nothing else is tried then. */
  readonly isRecognized?: boolean;
  /** If the text shows the bytes of a file that `openPastedFile` may read. */
  readonly file?: PastedFile;
}

export type PasteResult = Pasted | PasteProblem;

/**
 * Reads one form of text.
 *
 * @returns undefined if the text does not have this form; a problem if it does and something in it is wrong
 */
export type ReadForm = (text: string) => PasteResult | undefined;

/** The result for a text that is one run of bytes. */
export function pastedRun(form: string, bytes: Uint8Array<ArrayBuffer>, notes: readonly string[] = []): Pasted {
  return { form, parts: [{ bytes }], notes };
}

/** The result for a text whose form is recognized but cannot be read. The sentence names the form and says what to paste instead. */
export function refused(sentence: string, start: number, end: number): PasteResult {
  return { ...hexProblem(sentence, start, end), isRecognized: true };
}

/** One line of a text, without its end. */
export interface Line {
  readonly text: string;
  /** Its first character's index in the whole text. */
  readonly start: number;
}

/** The lines of a text that are not blank. A line ends with LF or CR LF. */
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
