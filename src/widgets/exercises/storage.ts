import type { Answer } from './exercise.ts';

const PREFIX = 'framelight:check:';

/** What a reader left behind in an exercise: they find it again when they come back. */
export interface Draft {
  readonly seed: number;
  readonly answer: Answer;
}

/** Keeps a draft in this browser. */
export function storeDraft(chapter: string, id: string, draft: Draft): void {
  try {
    localStorage.setItem(`${PREFIX}${chapter}:${id}`, JSON.stringify(draft));
  } catch {
    // Storage can be refused (a private window): the draft then lasts as long as the page.
  }
}

/** The draft kept for an exercise; undefined where there is none, or what is there is no draft. */
export function readDraft(chapter: string, id: string): Draft | undefined {
  try {
    return parseDraft(localStorage.getItem(`${PREFIX}${chapter}:${id}`) ?? '');
  } catch {
    return undefined;
  }
}

/** Reads a draft that was kept, perhaps by an older version of the page. */
export function parseDraft(text: string): Draft | undefined {
  if (text === '') return undefined;
  const kept: unknown = JSON.parse(text);
  if (typeof kept !== 'object' || kept === null || !('seed' in kept) || !('answer' in kept)) return undefined;
  const { seed, answer } = kept;
  if (typeof seed !== 'number' || !Array.isArray(answer) || !answer.every((part) => typeof part === 'string')) {
    return undefined;
  }
  return { seed, answer };
}
