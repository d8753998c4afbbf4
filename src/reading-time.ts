/** What an adult reads of a technical text in a minute. */
const WORDS_A_MINUTE = 220;
/** To look at a figure, a table or a listing, and to read what is written in it. */
const MINUTES_A_PIECE = 0.5;
/** To answer an exercise. */
const MINUTES_AN_EXERCISE = 0.5;

const CODE = /^```[\s\S]*?^```/gm;
/** A component on lines of its own: what it draws is not in the source. */
const PIECE = /^<[A-Z]\w*(?:\s[^>]*)?\/>$/gm;
const MARKUP = /<[^>]*>|\{[^}]*\}|\]\([^)]*\)|[*_`#|>[\]]/g;

/**
 * How long a chapter takes, in whole minutes: its words at 220 a minute, half a minute for each figure, table or listing,
 * and half a minute for each exercise.
 *
 * @param source the chapter as it is written
 * @param exercises how many it has
 */
export function readingMinutes(source: string, exercises: number): number {
  const pieces = (source.match(PIECE)?.length ?? 0) + (source.match(CODE)?.length ?? 0);
  const text = source.replace(CODE, ' ').replace(PIECE, ' ').replace(MARKUP, ' ');
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)?.length ?? 0;
  return Math.max(1, Math.round(words / WORDS_A_MINUTE + pieces * MINUTES_A_PIECE + exercises * MINUTES_AN_EXERCISE));
}
