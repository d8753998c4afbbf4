/** A part of a page, as a list of its contents shows it. */
export interface ContentsEntry {
  /** The id of its heading. */
  readonly slug: string;
  readonly text: string;
}
