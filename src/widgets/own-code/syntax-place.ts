import { javascriptLanguage } from '@codemirror/lang-javascript';
import { sayError } from './judge/say-error.ts';
import type { StageVerdict } from './judge/verdict.ts';
import type { StageId } from './stage-id.ts';

/** A place in a text, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Adds to a syntax error where it is. Not every engine says that; the parser of the editor does.
 *
 * @returns the verdict with the place, or the same verdict
 */
export function placeSyntaxError(verdict: StageVerdict, stage: StageId, code: string): StageVerdict {
  const { failure } = verdict;
  if (failure?.error?.name !== 'SyntaxError') return verdict;
  const place = placeOfSyntaxError(code);
  if (place === undefined) return verdict;
  const error = { ...failure.error, ...place, stage };
  return { ...verdict, failure: { ...failure, error, finding: sayError(error, stage) } };
}

/** Finds the first place at which code stops being JavaScript; undefined if the parser finds no mistake. */
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

function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
