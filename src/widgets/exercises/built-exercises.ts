import { BUILT_SEED, type Exercise, type Question } from './exercise.ts';

/** An exercise as it stands in the page when the site is built. */
export interface BuiltExercise {
  readonly id: string;
  readonly title: string;
  readonly question: Question;
}

const CHAPTERS = import.meta.glob<{ readonly EXERCISES: readonly Exercise[] }>(
  ['./chapters/*.ts', '!./chapters/*.test.ts'],
  {
    eager: true,
  },
);

/** The exercises of a chapter; none where it has none. For the build only: it brings those of all chapters. */
export function exercisesOf(chapter: string): readonly Exercise[] {
  return CHAPTERS[`./chapters/${chapter}.ts`]?.EXERCISES ?? [];
}

/**
 * The questions of a chapter, drawn with the seed of the build.
 *
 * @throws Error when the chapter has no exercises
 */
export function buildExercises(chapter: string): BuiltExercise[] {
  const exercises = exercisesOf(chapter);
  if (exercises.length === 0) {
    throw new Error(
      `<Exercises chapter="${chapter}"/>: write src/widgets/exercises/chapters/${chapter}.ts, which exports EXERCISES`,
    );
  }
  return exercises.map(({ id, title, generate }) => ({ id, title, question: generate(BUILT_SEED).question }));
}
