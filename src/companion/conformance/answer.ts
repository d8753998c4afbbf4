/** What the companion tells a page about a run: one `progress` for each case, and then one `done` or `problem`. */
export type ConformanceAnswer = ConformanceProgress | ConformanceDone | ConformanceProblem;

/** One more case is through. */
export interface ConformanceProgress {
  readonly type: 'progress';
  /** How many are through, this one included. */
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
 * How a run ends: with every case done; stopped by the page; with the first case, because the server opens no
 * connection at all; or midway, because nobody listens there any more.
 */
export type ConformanceEnd = 'all' | 'stopped' | 'not-opened' | 'gone';

const ENDS: readonly unknown[] = ['all', 'stopped', 'not-opened', 'gone'] satisfies readonly ConformanceEnd[];

/** The order was not carried out, or not to its end. */
export interface ConformanceProblem {
  readonly type: 'problem';
  readonly sentence: string;
}

/** How a server did in one case: `allowed` is not to the letter, but the RFC leaves it open. */
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
  /** What the server did, measured by what it is held to. */
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
  /** The request, a character a byte; empty where the case passed, as the bytes are. */
  readonly sentHead: string;
  /** The first bytes of the frames that were sent, two digits a byte. */
  readonly sentHex: string;
  /** The first bytes that came back, the response's head among them. */
  readonly receivedHex: string;
}

/** Longer texts of a case are cut: a server may put anything into its reason phrase. */
export const MAX_CASE_CHARACTERS = 2048;
/** Two digits a byte. */
export const MAX_CASE_HEX = 2048;
const MAX_CASES = 10_000;

/** Reads one message about a run. It can be anything: another program may listen on the port. Never throws. */
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

/** Reads one case with its result; undefined where it is none. */
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
