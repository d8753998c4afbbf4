import type { Exercise } from './exercise.ts';

const CHAPTERS = import.meta.glob<{ readonly EXERCISES: readonly Exercise[] }>([
  './chapters/*.ts',
  '!./chapters/*.test.ts',
]);

/** Brings the exercises of one chapter, in a file of their own: a page loads no other chapter's. */
export async function loadExercises(chapter: string): Promise<readonly Exercise[]> {
  const load = CHAPTERS[`./chapters/${chapter}.ts`];
  if (load === undefined)
    throw new Error(`There are no exercises for ${chapter}: write src/widgets/exercises/chapters/${chapter}.ts`);
  return (await load()).EXERCISES;
}
