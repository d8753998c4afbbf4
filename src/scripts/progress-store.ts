export const DONE_KEY = 'framelight:done';
export const SOLVED_KEY = 'framelight:solved';

/** What a reader has done: chapters marked, and exercises solved in each chapter. */
export interface Progress {
  readonly done: ReadonlySet<string>;
  readonly solved: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What is kept in this browser; what is not in the form expected counts as nothing. */
export function readProgress(): Progress {
  return { done: parseDone(readItem(DONE_KEY)), solved: parseSolved(readItem(SOLVED_KEY)) };
}

/** Reads the list of chapters marked as done. */
export function parseDone(text: string | null): Set<string> {
  return new Set(stringsOf(parseJson(text)));
}

/** Reads `{"accept-hash": ["write-the-accept"]}`. */
export function parseSolved(text: string | null): Map<string, Set<string>> {
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
  const solved = new Map(readProgress().solved);
  solved.set(chapter, new Set([...(solved.get(chapter) ?? []), exercise]));
  const plain = Object.fromEntries([...solved].map(([slug, ids]) => [slug, [...ids]]));
  writeItem(SOLVED_KEY, JSON.stringify(plain));
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
