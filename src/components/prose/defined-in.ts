/**
 * Whether a chapter defines a term: it stands in a `<Term>` without a name.
 *
 * @param source the chapter as it is written
 * @param spellings of the term
 */
export function definedIn(source: string, spellings: readonly string[]): boolean {
  const wanted = new Set(spellings.map((spelling) => spelling.toLowerCase()));
  return [...source.matchAll(/<Term>([^<]*)<\/Term>/g)].some(([, words = '']) =>
    wanted.has(words.replace(/\s+/g, ' ').trim().toLowerCase()),
  );
}
