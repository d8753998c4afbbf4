import { type CollectionEntry, getCollection } from 'astro:content';
import { readingMinutes } from './reading-time.ts';
import { exercisesOf } from './widgets/exercises/built-exercises.ts';

export type Chapter = CollectionEntry<'chapters'>;

/** Every chapter, in reading order. */
export async function readChapters(): Promise<Chapter[]> {
  const chapters = await getCollection('chapters');
  return chapters.sort((a, b) => a.data.order - b.data.order);
}

/** How many minutes a chapter takes, its exercises included. */
export function minutesOf({ id, body = '' }: Chapter): number {
  return readingMinutes(body, exercisesOf(id).length);
}

export function chapterPath(chapter: Chapter): string {
  return `/chapters/${chapter.id}/`;
}
