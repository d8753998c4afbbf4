import { joinBytes } from '../../../bytes/join-bytes.ts';
import type { ConformanceCase, Expectation, ExpectedItem } from '../../../conformance/case.ts';
import { findCauses, type Judged } from '../../../conformance/causes.ts';
import { judge } from '../../../conformance/judge.ts';
import { payloadBytes } from '../../../conformance/payload.ts';
import { encodeFrame } from '../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import type { RunningCode } from '../running-code.ts';
import { type ComparedBytes, compareFrames } from './compare-bytes.ts';
import { type CaseRun, runCase } from './run-case.ts';
import { sayError } from './say-error.ts';
import type { CaseFailure, StageVerdict } from './verdict.ts';

/** How many cases have run. */
export type OnProgress = (done: number, total: number) => void;

const MAX_LINES = 20;

/** After these errors there is no worker any more. */
const ENDS_THE_RUN = ['Timeout', 'Crash', 'Stopped'];

/** Runs a whole server against the cases, one after the other. A case in which the code hangs is the last one. */
export async function judgeServer(
  code: RunningCode,
  cases: readonly ConformanceCase[],
  onProgress: OnProgress,
): Promise<StageVerdict> {
  const judged: Judged[] = [];
  const failures: CaseFailure[] = [];
  const lines: string[] = [];
  for (const each of cases) {
    const run = await runCase(code, each);
    lines.push(...run.lines.slice(0, MAX_LINES - lines.length));
    const { outcome, cause, failure } = judgeRun(each, run);
    judged.push({ id: each.id, outcome, cause });
    if (failure !== undefined) failures.push(failure);
    onProgress(judged.length, cases.length);
    if (run.error !== undefined && ENDS_THE_RUN.includes(run.error.name)) break;
  }
  const countOf = (wanted: string) => judged.filter(({ outcome }) => outcome === wanted).length;
  const counts = { passed: countOf('passed'), allowed: countOf('allowed'), failed: countOf('failed') };
  const causes = findCauses(judged).map(({ title, fix, cases: failed }) => ({ title, fix, count: failed.length }));
  return {
    passed: counts.failed === 0 && judged.length === cases.length,
    done: counts.passed + counts.allowed,
    total: cases.length,
    ...(failures[0] !== undefined && { failure: failures[0] }),
    suite: { counts, causes, failures, leftOut: cases.length - judged.length },
    lines,
  };
}

function judgeRun(each: ConformanceCase, run: CaseRun): Pick<Judged, 'outcome' | 'cause'> & { failure?: CaseFailure } {
  const verdict = judge(each, run.transcript);
  if (verdict.outcome !== 'failed' && run.error === undefined) return { outcome: verdict.outcome, cause: '' };
  const { id, title } = each;
  const bytes = compareCase(each.expectation, run);
  const { error } = run;
  const failure: CaseFailure = {
    ...{ id, title, call: '', fix: '' },
    finding: error === undefined ? verdict.finding : sayError(error),
    expected: verdict.expected,
    got: verdict.cameBack,
    ...(bytes !== undefined && { bytes }),
    ...(error !== undefined && { error }),
  };
  const cause = error === undefined ? verdict.cause : sayError(error);
  return { outcome: 'failed', cause, failure };
}

/** Compares the frames that came with the ones of the strict answer; undefined if they are the same, or there are none. */
function compareCase(expectation: Expectation, { framesReceived, transcript }: CaseRun): ComparedBytes | undefined {
  if (!('closeCode' in expectation) || transcript.response?.httpStatus !== 101) return undefined;
  const expected = joinBytes([...expectation.received.flatMap(framesOf), closeFrame(expectation.closeCode)]);
  // The strict answer has no reason in its close frame. Where only the reason differs, nothing is wrong.
  return compareFrames('what your server sent after its response', expected, framesReceived);
}

function framesOf({ opcode, payload, times = 1 }: ExpectedItem): Uint8Array[] {
  const frame = encodeFrame({ opcode, payload: payloadBytes(payload) });
  return Array.from({ length: times }, () => frame);
}

function closeFrame(closeCode: number): Uint8Array {
  const payload = closeCode === 1005 ? new Uint8Array(0) : Uint8Array.of(closeCode >> 8, closeCode & 0xff);
  return encodeFrame({ opcode: OPCODE.close, payload });
}
