import { DONE_KEY, type Progress, REACHED_KEY, SOLVED_KEY } from './progress-store.ts';

const DRAFT_PREFIX = 'framelight:check:';

/** Forgets which chapters are done, which exercises are solved, which goals are reached, and every answer that was begun. */
export function clearProgress(): void {
  try {
    const ours = Object.keys(localStorage).filter(
      (key) => [DONE_KEY, SOLVED_KEY, REACHED_KEY].includes(key) || key.startsWith(DRAFT_PREFIX),
    );
    for (const key of ours) localStorage.removeItem(key);
  } catch {
    // Where storage is refused there is nothing to forget.
  }
}

/** The progress as a file that other programs can read. */
export function formatProgress({ done, solved, reached }: Progress): string {
  const progress = {
    chaptersDone: [...done].toSorted(),
    exercisesSolved: sorted(solved),
    goalsReached: sorted(reached),
  };
  return `${JSON.stringify(progress, null, 2)}\n`;
}

function sorted(kept: Progress['solved']): Record<string, string[]> {
  return Object.fromEntries([...kept].map(([chapter, ids]) => [chapter, [...ids].toSorted()]));
}
