/** How one step of the doctor went. `noted`: it matters, and does not decide whether the connection opens. */
export type DoctorOutcome = 'ok' | 'failed' | 'noted';

/** One step on the way from an address to an open WebSocket. */
export interface DoctorStep {
  /** In kebab-case, such as `http-with-origin`. */
  readonly name: string;
  readonly title: string;
  readonly outcome: DoctorOutcome;
  readonly tookMs: number;
  readonly sentence: string;
  /** Lines for the reader: the head and the body of an answer, escaped. */
  readonly details: readonly string[];
}

/** What the doctor found out about one address. */
export interface DoctorReport {
  readonly url: string;
  /** Whether a WebSocket opens as a page of the server’s own site would open it. */
  readonly opens: boolean;
  readonly steps: readonly DoctorStep[];
  /** The name of the cause, as in `/why/`; `opens` if there is nothing to find. */
  readonly cause: string;
  /** The evidence, the likely cause, and what to change. */
  readonly sentence: string;
}

/** What the companion answers a page: each step as it is done, and then the report or a problem. */
export type DoctorAnswer =
  | { readonly type: 'step'; readonly step: DoctorStep }
  | { readonly type: 'report'; readonly report: DoctorReport }
  | { readonly type: 'problem'; readonly sentence: string };

/** A page’s order is its address and nothing else. */
export const MAX_DOCTOR_ORDER_BYTES = 2048;

const MAX_TEXT = 4096;
const MAX_DETAILS = 100;
const MAX_STEPS = 20;
const OUTCOMES: readonly unknown[] = ['ok', 'failed', 'noted'] satisfies readonly DoctorOutcome[];

/** Reads one answer. It can be anything, because another program might listen on the port. Never throws. */
export function parseDoctorAnswer(text: string): { readonly answer: DoctorAnswer } | { readonly problem: string } {
  const problem = { problem: 'The answer is neither a step, nor a report, nor a problem.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem;
  }
  if (!isRecord(value)) return problem;
  const { type, step, report, sentence } = value;
  if (type === 'problem' && isText(sentence)) return { answer: { type, sentence } };
  if (type === 'step' && isStep(step)) return { answer: { type, step } };
  if (type === 'report' && isReport(report)) return { answer: { type, report } };
  return problem;
}

function isStep(value: unknown): value is DoctorStep {
  if (!isRecord(value) || !OUTCOMES.includes(value['outcome']) || typeof value['tookMs'] !== 'number') return false;
  const { details } = value;
  if (!Array.isArray(details) || details.length > MAX_DETAILS || !details.every(isText)) return false;
  return ['name', 'title', 'sentence'].every((key) => isText(value[key]));
}

function isReport(value: unknown): value is DoctorReport {
  if (!isRecord(value) || typeof value['opens'] !== 'boolean') return false;
  const { steps } = value;
  if (!Array.isArray(steps) || steps.length > MAX_STEPS || !steps.every(isStep)) return false;
  return ['url', 'cause', 'sentence'].every((key) => isText(value[key]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
