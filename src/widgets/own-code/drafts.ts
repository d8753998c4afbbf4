import { STAGE_IDS, type StageId } from './stage-id.ts';

const PREFIX = 'framelight:own-code:';

/** The longest code that an editor takes and keeps, in characters. */
export const MAX_CODE_CHARACTERS = 20_000;

/** What a reader has written in a stage. */
export interface Draft {
  readonly code: string;
  /** The last code that passed; undefined if none has. */
  readonly passed: string | undefined;
}

/** What is kept in this browser for a stage; undefined if there is nothing. */
export function readDraft(stage: StageId): Draft | undefined {
  try {
    return parseDraft(localStorage.getItem(PREFIX + stage));
  } catch {
    return undefined;
  }
}

/** Keeps what the reader has written. @returns false if the browser keeps nothing */
export function storeDraft(stage: StageId, { code, passed }: Draft): boolean {
  try {
    localStorage.setItem(PREFIX + stage, JSON.stringify({ code, passed }));
    return true;
  } catch {
    // A private window, or a full store.
    return false;
  }
}

/** Reads a draft, perhaps of an older version of the page. */
export function parseDraft(text: string | null): Draft | undefined {
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('code' in kept) || !isCode(kept.code)) return undefined;
    return { code: kept.code, passed: 'passed' in kept && isCode(kept.passed) ? kept.passed : undefined };
  } catch {
    return undefined;
  }
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_CODE_CHARACTERS;
}

/** A function of an earlier stage, and whose it is. */
export interface Earlier {
  readonly stage: StageId;
  readonly code: string;
  readonly isOwn: boolean;
}

/** The functions that a stage may use: the reader's own if they passed, else those of the solution. */
export function earlierThan(
  stage: StageId,
  draftOf: (stage: StageId) => Draft | undefined,
  solutionOf: (stage: StageId) => string,
): Earlier[] {
  return STAGE_IDS.slice(0, STAGE_IDS.indexOf(stage)).map((each) => {
    const own = draftOf(each)?.passed;
    return { stage: each, code: own ?? solutionOf(each), isOwn: own !== undefined };
  });
}

/** Names the earlier functions and whose they are, in a sentence; empty for the first stage. */
export function describeEarlier(earlier: readonly Earlier[]): string {
  if (earlier.length === 0) return '';
  const named = (isOwn: boolean) => earlier.filter((each) => each.isOwn === isOwn).map(({ stage }) => `${stage}()`);
  const [own, others] = [named(true), named(false)];
  if (others.length === 0) return `You can call your ${list(own)}.`;
  const [come, pass] =
    others.length === 1 ? ['comes from the solution', 'passes'] : ['come from the solutions', 'pass'];
  const rest = `${list(others)} ${come} until yours ${pass}.`;
  return own.length === 0
    ? `You can call ${list(others)}. ${others.length === 1 ? 'It' : 'They'} ${come} until yours ${pass}.`
    : `You can call your ${list(own)}. ${rest}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
