import type { Exercise } from './exercise.ts';

const CHAPTERS = import.meta.glob<{ readonly EXERCISES: readonly Exercise[] }>(['./*.ts', '!./*.test.ts'], {
  base: './chapters/',
});

/** Brings the exercises of one chapter, in a file of their own: a page loads no other chapter's. */
export async function loadExercises(chapter: string): Promise<readonly Exercise[]> {
  // The build has refused a chapter without exercises.
  const load = CHAPTERS[`./${chapter}.ts`] as () => Promise<{ readonly EXERCISES: readonly Exercise[] }>;
  return (await load()).EXERCISES;
}
