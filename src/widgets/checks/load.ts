import type { Check } from '../exercises/exercise.ts';

const CHAPTERS = import.meta.glob<{ readonly CHECKS: readonly Check[] }>(['./chapters/*.ts', '!./chapters/*.test.ts']);

/** Brings the checks of one chapter, in a file of their own: a page loads no other chapter's. */
export async function loadChecks(chapter: string): Promise<readonly Check[]> {
  const load = CHAPTERS[`./chapters/${chapter}.ts`];
  if (load === undefined)
    throw new Error(`There are no checks for ${chapter}: write src/widgets/checks/chapters/${chapter}.ts`);
  return (await load()).CHECKS;
}
