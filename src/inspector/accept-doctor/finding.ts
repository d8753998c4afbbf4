/** One mistake in an accept. */
export interface Finding {
  /** In kebab-case. */
  readonly name: string;
  /** The mistake in a few words. */
  readonly title: string;
  /** How the mistake happens. */
  readonly cause: string;
  /** The bytes of this answer that show the mistake. */
  readonly evidence: string;
  /** The remedy, in one line. */
  readonly fix: string;
}
