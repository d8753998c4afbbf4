import { javascriptLanguage } from '@codemirror/lang-javascript';

/** A place in a text, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the first place at which code stops being JavaScript. Not every engine says where a syntax error is; the parser
 * of the editor does.
 *
 * @returns undefined if the parser finds no mistake
 */
export function placeOfSyntaxError(code: string): Place | undefined {
  let at: number | undefined;
  javascriptLanguage.parser.parse(code).iterate({
    enter: ({ type, from }) => {
      if (at === undefined && type.isError) at = from;
      return at === undefined;
    },
  });
  return at === undefined ? undefined : placeAt(code, at);
}

/** The place of the character with this number, from 0. */
export function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
