import { type CollectionEntry, getCollection } from 'astro:content';

export type Chapter = CollectionEntry<'chapters'>;

/** Every chapter, in reading order. */
export async function readChapters(): Promise<Chapter[]> {
  const chapters = await getCollection('chapters');
  return chapters.sort((a, b) => a.data.order - b.data.order);
}

export function chapterPath(chapter: Chapter): string {
  return `/chapters/${chapter.id}/`;
}
