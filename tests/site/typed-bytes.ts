/** Bytes that somebody typed into a chapter. */
export interface TypedBytes {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/**
 * What counts as bytes typed by hand:
 *
 * - `0x81`: a byte or more with the mark of hex before it;
 * - `81 85`: pairs of hex digits with single spaces between, a digit among them (`be ad` are words);
 * - `818537fa`: pairs without spaces, of digits and letters both (`6455` is a number, `facade` a word), or so many
 *   digits that no number of the prose has them.
 */
const FORMS = [
  /\b0x[0-9a-f]{2,}\b/gi,
  /(?<![\w.-])(?=[a-f ]*\d)[0-9a-f]{2}(?: [0-9a-f]{2})+(?![\w-])/gi,
  /(?<![\w.-])(?=[a-f]*\d)(?=\d*[a-f])(?:[0-9a-f]{2}){2,}(?![\w-])/gi,
  /(?<![\w.-])(?:\d\d){4,}(?![\w-])/g,
];

/** What names a phrase to be encoded, and a path or a declaration of the source. */
const PHRASES = /\b(?:of|from|name)="[^"]*"/g;

/** Finds the bytes typed by hand in a chapter's MDX: in its prose, its code and its components' attributes. */
export function findTypedBytes(source: string): TypedBytes[] {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  const searched = source.replace(PHRASES, blank);
  return FORMS.flatMap((form) =>
    [...searched.matchAll(form)].map((match) => ({
      line: searched.slice(0, match.index).split('\n').length,
      text: match[0],
    })),
  );
}
