import { joinBytes } from '../../bytes/join-bytes.ts';
import { encodeText } from '../../text/utf8.ts';

/** Everything between a key and its answer, as bytes; a text is its ASCII characters. RFC 6455 §4.2.2. */
export interface Making {
  /** What stood for the key. */
  readonly key: Uint8Array;
  /** What stood for the GUID. */
  readonly guid: Uint8Array;
  /** What was hashed. */
  readonly hashed: Uint8Array;
  readonly digest: Uint8Array;
  /** What went into base64. */
  readonly encoded: Uint8Array;
  readonly base64: Uint8Array;
  /** What was sent. */
  readonly answer: Uint8Array;
}

/** A mistake that somebody who computes an accept can make. */
export interface Mistake {
  /** Unique, in kebab-case. */
  readonly name: string;
  /** The mistake in a few words: `The key was decoded before it was hashed`. */
  readonly title: string;
  /** How it comes about. */
  readonly done: string;
  /** What to do instead, in one line. */
  readonly mend: string;
}

/** A mistaken way to take one step. */
export interface WrongWay extends Mistake {
  readonly make: (before: Making) => Uint8Array;
}

/** One step from the key to the answer: the right way to take it, and the wrong ones. */
export interface Step {
  readonly makes: keyof Making;
  /** How a sentence about the bytes that this step made begins. */
  readonly subject: string;
  readonly unit: 'byte' | 'character';
  readonly right: (before: Making) => Uint8Array;
  readonly wrong: readonly WrongWay[];
}

/** Joins pieces in order; a text becomes its ASCII bytes. */
export function join(...pieces: readonly (Uint8Array | string)[]): Uint8Array {
  return joinBytes(pieces.map((piece) => (typeof piece === 'string' ? encodeText(piece) : piece)));
}
