/** One thing that is wrong with an accept. */
export interface Finding {
  /** The mistake's name in kebab-case: of a step, or of an answer that came about in no step. */
  readonly name: string;
  /** The mistake in a few words. */
  readonly title: string;
  /** How it comes about. */
  readonly done: string;
  /** How it shows in the bytes of this very answer. */
  readonly shows: string;
  /** What to do instead, in one line. */
  readonly mend: string;
}
