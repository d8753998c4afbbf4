import { joinBytes } from '../../bytes/join-bytes.ts';
import { encodeText } from '../../text/utf8.ts';

/** Every value between a key and its answer, as bytes; a text as its ASCII characters. RFC 6455 §4.2.2. */
export interface Computation {
  /** The key as the server used it. */
  readonly key: Uint8Array;
  /** The GUID as the server used it. */
  readonly guid: Uint8Array;
  /** The text that was hashed. */
  readonly hashed: Uint8Array;
  readonly digest: Uint8Array;
  /** The bytes that were encoded in base64. */
  readonly encoded: Uint8Array;
  readonly base64: Uint8Array;
  /** The value that was sent. */
  readonly answer: Uint8Array;
}

/** A mistake that a server can make while it computes an accept. */
export interface Mistake {
  /** Unique, in kebab-case. */
  readonly name: string;
  /** The mistake in a few words: `The key was decoded before it was hashed`. */
  readonly title: string;
  /** How the mistake happens. */
  readonly cause: string;
  /** The remedy, in one line. */
  readonly fix: string;
}

/** A wrong way to do one step. */
export interface WrongWay extends Mistake {
  readonly make: (before: Computation) => Uint8Array;
}

/** One step from the key to the answer: the right way to do it, and the wrong ones. */
export interface Step {
  /** The value that this step computes. */
  readonly makes: keyof Computation;
  /** The beginning of a sentence about the bytes that this step computed. */
  readonly subject: string;
  readonly unit: 'byte' | 'character';
  readonly right: (before: Computation) => Uint8Array;
  readonly wrong: readonly WrongWay[];
}

/** Joins pieces in order; a text becomes its ASCII bytes. */
export function join(...pieces: readonly (Uint8Array | string)[]): Uint8Array {
  return joinBytes(pieces.map((piece) => (typeof piece === 'string' ? encodeText(piece) : piece)));
}
