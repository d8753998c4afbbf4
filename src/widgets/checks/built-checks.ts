import { BUILT_SEED, type Check, type Question } from '../exercises/exercise.ts';

/** A check as it stands in the page when the site is built. */
export interface BuiltCheck {
  readonly id: string;
  readonly title: string;
  readonly question: Question;
}

const CHAPTERS = import.meta.glob<{ readonly CHECKS: readonly Check[] }>(['./chapters/*.ts', '!./chapters/*.test.ts'], {
  eager: true,
});

/** The checks of a chapter; none where it has none. For the build only: it brings those of all chapters. */
export function checksOf(chapter: string): readonly Check[] {
  return CHAPTERS[`./chapters/${chapter}.ts`]?.CHECKS ?? [];
}

/**
 * The questions of a chapter, drawn with the seed of the build.
 *
 * @throws Error when the chapter has no checks
 */
export function buildChecks(chapter: string): BuiltCheck[] {
  const checks = checksOf(chapter);
  if (checks.length === 0) {
    throw new Error(
      `<Checks chapter="${chapter}"/>: write src/widgets/checks/chapters/${chapter}.ts, which exports CHECKS`,
    );
  }
  return checks.map(({ id, title, generate }) => ({ id, title, question: generate(BUILT_SEED).question }));
}
