import { DONE_KEY, type Progress, SOLVED_KEY } from './progress-store.ts';

const DRAFT_PREFIX = 'framelight:check:';

/** Forgets which chapters are done, which exercises are solved, and every answer that was begun. */
export function clearProgress(): void {
  try {
    const ours = Object.keys(localStorage).filter(
      (key) => key === DONE_KEY || key === SOLVED_KEY || key.startsWith(DRAFT_PREFIX),
    );
    for (const key of ours) localStorage.removeItem(key);
  } catch {
    // Where storage is refused there is nothing to forget.
  }
}

/** The progress as a file that other programs can read. */
export function formatProgress({ done, solved }: Progress): string {
  const exercises = Object.fromEntries([...solved].map(([chapter, ids]) => [chapter, [...ids].toSorted()]));
  return `${JSON.stringify({ chaptersDone: [...done].toSorted(), checksSolved: exercises }, null, 2)}\n`;
}
