import { type CollectionEntry, getCollection } from 'astro:content';

export type GlossaryEntry = CollectionEntry<'glossary'>;

/** Every term, in the order of the alphabet. */
export async function readGlossary(): Promise<GlossaryEntry[]> {
  const entries = await getCollection('glossary');
  return entries.sort((a, b) => a.data.term.localeCompare(b.data.term, 'en'));
}

/**
 * The entry that a chapter names, in any case, by any of its spellings or by its key.
 *
 * @throws Error when the glossary has no such term
 */
export async function findTerm(name: string): Promise<GlossaryEntry> {
  const wanted = name.trim().toLowerCase();
  const entry = (await getCollection('glossary')).find(({ id, data }) =>
    [id, data.term, ...data.also].some((spelling) => spelling.toLowerCase() === wanted),
  );
  if (entry === undefined) {
    throw new Error(`<Term>${name}</Term>: the glossary has no such term; add it to content/glossary/terms.yaml`);
  }
  return entry;
}

export function termPath(id: string): string {
  return `/glossary/#${id}`;
}
