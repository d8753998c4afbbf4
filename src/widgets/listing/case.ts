import type { NaiveClient } from '../../specimens/naive-server-2011.ts';

/** One thing that happens to both servers. */
export type Step =
  | { readonly do: 'connect'; readonly client?: NaiveClient }
  /** Bytes arrive, in reads of at most `size`. */
  | { readonly do: 'read'; readonly session: number; readonly bytes: Uint8Array; readonly size?: number }
  | { readonly do: 'client'; readonly session: number; readonly client: NaiveClient }
  /** The program sends a binary message. */
  | { readonly do: 'send'; readonly session: number; readonly bytes: Uint8Array }
  /** The server ends the connection. */
  | { readonly do: 'terminate'; readonly session: number };

/** What a case gives to both servers. */
export type Input =
  /** Bytes after an opening handshake without faults; each entry arrives in reads of its own. */
  | { readonly kind: 'frames'; readonly reads: readonly Uint8Array[] }
  /** A request. */
  | { readonly kind: 'request'; readonly text: string }
  /** A binary message that the server sends, in bytes. */
  | { readonly kind: 'sending'; readonly payloadLength: number }
  /** Several connections. */
  | { readonly kind: 'story'; readonly name: StoryName }
  /** A message in reads of 1,024 bytes, for several lengths. */
  | { readonly kind: 'cost'; readonly lengths: readonly number[] }
  /** No bytes: the program is started. */
  | { readonly kind: 'start' };

export type StoryName = 'terminated' | 'gone' | 'slow';

/** Another input for the same mistake. */
export interface Variant {
  readonly label: string;
  readonly input: Input;
}

/** The inputs of a mistake, the main one first. */
export type Variants = readonly [Variant, ...Variant[]];

/** What the figure says of one mistake of the 2011 listing. */
export interface ListingWords {
  /** From 1 to 22: the number in the chapter, in the tests and in the Python program. */
  readonly number: number;
  /** What it is about: does not give the answer away. */
  readonly topic: string;
  /** The mistake in a few words; without a full stop. */
  readonly title: string;
  /** What happens because of it; one or two sentences. */
  readonly follows: string;
  /** A section of RFC 6455, or another RFC's written out; undefined if no rule is broken. */
  readonly section?: string;
  /** The draft that brought the rule, if it is younger than the listing's. */
  readonly since?: string;
  /** What the reader predicts; `right` is the index of what the listing does. */
  readonly question: string;
  readonly options: readonly string[];
  readonly right: number;
  /** Where to look, in a sentence. */
  readonly look: string;
}

/** One mistake of the 2011 listing. */
export interface ListingCase extends ListingWords {
  readonly variants: Variants;
}
