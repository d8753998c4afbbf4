export const DONE_KEY = 'framelight:done';
export const SOLVED_KEY = 'framelight:solved';
export const REACHED_KEY = 'framelight:goals';

/** What a reader has done: chapters marked, and in each chapter the exercises solved and the goals of figures reached. */
export interface Progress {
  readonly done: ReadonlySet<string>;
  readonly solved: ReadonlyMap<string, ReadonlySet<string>>;
  readonly reached: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What is kept in this browser; what is not in the form expected counts as nothing. */
export function readProgress(): Progress {
  return {
    done: parseDone(readItem(DONE_KEY)),
    solved: parseByChapter(readItem(SOLVED_KEY)),
    reached: parseByChapter(readItem(REACHED_KEY)),
  };
}

/** Reads the list of chapters marked as done. */
export function parseDone(text: string | null): Set<string> {
  return new Set(stringsOf(parseJson(text)));
}

/** Reads `{"accept-hash": ["write-the-accept"]}`. */
export function parseByChapter(text: string | null): Map<string, Set<string>> {
  const kept = parseJson(text);
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return new Map();
  return new Map(Object.entries(kept).map(([chapter, ids]) => [chapter, new Set(stringsOf(ids))]));
}

/** Keeps the chapters marked as done. */
export function writeDone(done: ReadonlySet<string>): void {
  writeItem(DONE_KEY, JSON.stringify([...done]));
}

export function isSolved(chapter: string, exercise: string): boolean {
  return readProgress().solved.get(chapter)?.has(exercise) === true;
}

/** Keeps that an exercise was solved. */
export function markSolved(chapter: string, exercise: string): void {
  add(SOLVED_KEY, chapter, exercise);
}

/** @param goal the figure's id, a slash, and the goal's */
export function isReached(chapter: string, goal: string): boolean {
  return readProgress().reached.get(chapter)?.has(goal) === true;
}

/** Keeps that a goal was reached. */
export function markReached(chapter: string, goal: string): void {
  add(REACHED_KEY, chapter, goal);
}

function add(key: string, chapter: string, id: string): void {
  const kept = parseByChapter(readItem(key));
  kept.set(chapter, new Set([...(kept.get(chapter) ?? []), id]));
  writeItem(key, JSON.stringify(Object.fromEntries([...kept].map(([slug, ids]) => [slug, [...ids]]))));
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function readItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeItem(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage can be refused (a private window): the progress then lasts as long as the page.
  }
}
