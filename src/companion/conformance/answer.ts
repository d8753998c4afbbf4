/** A message from the companion about a run: one `progress` for each case, then one `done` or `problem`. */
export type ConformanceAnswer = ConformanceProgress | ConformanceDone | ConformanceProblem;

/** One more case has finished. */
export interface ConformanceProgress {
  readonly type: 'progress';
  /** How many cases have finished, including this one. */
  readonly done: number;
  readonly total: number;
  readonly result: ReportedCase;
}

/** The run is over. */
export interface ConformanceDone {
  readonly type: 'done';
  readonly end: ConformanceEnd;
  readonly tookMs: number;
}

/**
 * How a run ends: after every case; because the page stopped it; after the first case, because the server does not open
 * a connection at all; or midway, because no server listens there any more.
 */
export type ConformanceEnd = 'all' | 'stopped' | 'not-opened' | 'gone';

const ENDS: readonly unknown[] = ['all', 'stopped', 'not-opened', 'gone'] satisfies readonly ConformanceEnd[];

/** The companion could not run the suite, or could not finish it. */
export interface ConformanceProblem {
  readonly type: 'problem';
  readonly sentence: string;
}

/** The verdict on one case. `allowed`: not the expected behavior, but the RFC permits it. */
export type CaseOutcome = 'passed' | 'allowed' | 'failed';

const OUTCOMES: readonly unknown[] = ['passed', 'allowed', 'failed'] satisfies readonly CaseOutcome[];

/** One case with its result. */
export interface ReportedCase {
  /** Section and name, such as `5.5-ping-of-126`. */
  readonly id: string;
  readonly title: string;
  /** Of RFC 6455, such as `5.5`; of another RFC it is written out. */
  readonly section: string;
  readonly outcome: CaseOutcome;
  /** What the server did, compared with the requirement. */
  readonly finding: string;
  /** The name of the likely cause, from the suite's table of causes; empty unless the case failed. */
  readonly cause: string;
  /** The place of the case in the suite, from 0. Results arrive in another order. */
  readonly place: number;
  readonly sent: string;
  readonly expected: string;
  readonly cameBack: string;
  /** The requirement with its section. */
  readonly requirement: string;
  /** Why it is required. */
  readonly why: string;
  readonly tookMs: number;
  /** The request, one character for each byte. Empty if the case passed, like the bytes below. */
  readonly sentHead: string;
  /** The first bytes of the frames that were sent, two digits for each. */
  readonly sentHex: string;
  /** The first bytes that came back, including the head of the response. */
  readonly receivedHex: string;
}

/** Longer texts of a case are cut. A server can write anything into its reason phrase. */
export const MAX_CASE_CHARACTERS = 2048;
/** In digits: two for each byte. */
export const MAX_CASE_HEX = 2048;
const MAX_CASES = 10_000;

/** Reads one message about a run. It can be anything, because another program might listen on the port. Never throws. */
export function parseConformanceAnswer(
  text: string,
): { readonly answer: ConformanceAnswer } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'the message is not JSON' };
  }
  if (isRecord(value)) {
    const { type, done, total, end, tookMs, sentence, result } = value;
    if (type === 'problem' && isText(sentence)) return { answer: { type, sentence } };
    if (type === 'done' && ENDS.includes(end) && isAmount(tookMs)) {
      return { answer: { type, end: end as ConformanceEnd, tookMs } };
    }
    const checked = readReportedCase(result);
    if (type === 'progress' && isCount(done) && isCount(total) && done <= total && checked !== undefined) {
      return { answer: { type, done, total, result: checked } };
    }
  }
  return { problem: 'the message is neither progress, nor done, nor a problem' };
}

const TEXTS = [
  ...(['id', 'title', 'section', 'finding', 'cause', 'sent', 'expected', 'cameBack'] as const),
  ...(['requirement', 'why', 'sentHead'] as const),
];
const DIGITS = /^(?:[0-9a-f]{2})*$/;

/** Reads one case with its result. @returns undefined if the value is not one */
export function readReportedCase(value: unknown): ReportedCase | undefined {
  if (!isRecord(value) || !OUTCOMES.includes(value['outcome']) || !isAmount(value['tookMs'])) return undefined;
  if (!TEXTS.every((name) => isText(value[name]))) return undefined;
  if (!isAmount(value['place'])) return undefined;
  if (!isHex(value['sentHex']) || !isHex(value['receivedHex'])) return undefined;
  return value as unknown as ReportedCase;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_CASE_CHARACTERS;
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_CASE_HEX && DIGITS.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_CASES;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
