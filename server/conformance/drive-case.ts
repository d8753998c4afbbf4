import { joinBytes } from '../../src/bytes/join-bytes.ts';
import {
  type ConformanceCase,
  encodeItems,
  encodeOpeningRequest,
  isCloseFrame,
  type SendStep,
  type Step,
  whyNotApplicable,
  writesOf,
} from '../../src/conformance/index.ts';
import type { CaseConnection } from './case-connection.ts';
import type { CasePatience } from './patience.ts';
import type { ServerUrl } from './target.ts';

/** Plays the client of one case, from the opening request to the last step, and waits for the answers. */
export async function driveCase(
  connection: CaseConnection,
  conformanceCase: ConformanceCase,
  target: ServerUrl,
  patience: CasePatience,
): Promise<void> {
  const { opening, steps, expectation } = conformanceCase;
  const { transcript } = connection;
  await wait(connection, patience, () => connection.connected);
  const first = steps[0];
  const joined = opening.withFirstStep && first?.type === 'send' ? first : undefined;
  const together = joined === undefined ? [] : [...writesOf(joined)].map(({ bytes }) => bytes);
  if (joined !== undefined) startStep(connection, joined, 0);
  const bytes = joinBytes([encodeOpeningRequest(opening, target), ...together]);
  const size = opening.cut === 'whole' ? bytes.length : opening.cut;
  // A server may answer before it has read everything. Only if it opened the connection must it read on.
  for (let at = 0; at < bytes.length && (transcript.opened || !transcript.answered); at += size) {
    await connection.write(bytes.subarray(at, at + size));
  }
  await wait(connection, patience, () => transcript.answered);
  if (!transcript.opened || expectation.type === 'refusal' || expectation.type === 'opening') return;
  if (whyNotApplicable(conformanceCase, transcript.extensions) !== undefined) return;
  for (const [index, step] of steps.entries()) {
    if (step === joined) continue;
    startStep(connection, step, index);
    await takeStep(connection, step, patience);
  }
  transcript.startStep(steps.length);
  const expected = expectation.received.reduce((sum, { times }) => sum + (times ?? 1), 0);
  await wait(connection, patience, () => transcript.closeReceived || transcript.receivedCount >= expected);
  if (expectation.type === 'closing' && expectation.leeway.staysOpen === true) return;
  // One answer too many decides the case: no need to wait for the end.
  const tooMuch = () => transcript.receivedCount > expected;
  const close = expectation.type === 'failure' ? 'failure' : 'close';
  const settled = await connection.until(() => transcript.closeReceived || tooMuch(), patience.ms(close));
  if (!settled) patience.lose(close);
  if (transcript.closeReceived) patience.noteClose();
  if (transcript.receivedCount > 0) patience.noteAnswer();
  if (transcript.closeReceived && !(await connection.until(tooMuch, patience.endMs))) patience.loseEnd();
}

/**
 * Whatever comes from now on belongs to this step. After a step with a close frame, the server's close frame is the
 * answer.
 */
function startStep(connection: CaseConnection, step: Step, index: number): void {
  connection.transcript.startStep(index);
  if (isCloseFrame(step)) connection.noteCloseSent();
}

/** Waits for an answer. */
async function wait(connection: CaseConnection, patience: CasePatience, condition: () => boolean): Promise<void> {
  if (!(await connection.until(condition, patience.ms('answer')))) patience.lose('answer');
}

async function takeStep(connection: CaseConnection, step: Step, patience: CasePatience): Promise<void> {
  const { transcript } = connection;
  if (step.type === 'send') await send(connection, step);
  else if (step.type === 'await') await wait(connection, patience, () => transcript.receivedCount >= step.received);
  else if (step.type === 'exchange') {
    const pieces = [...encodeItems([step.item])];
    const before = transcript.receivedCount;
    for (let nth = 1; nth <= step.times && !transcript.over; nth++) {
      for (const piece of pieces) await connection.write(piece);
      await wait(connection, patience, () => transcript.receivedCount >= before + nth);
      // One message that does not come back decides the case.
      if (transcript.receivedCount < before + nth) return;
    }
  } else await connection.until(() => step.type === 'awaitEnd' && transcript.closeReceived, step.durationMs);
}

async function send(connection: CaseConnection, step: SendStep): Promise<void> {
  const { transcript } = connection;
  // A server that has closed reads nothing more. Only the current frame must still be completed.
  const finished = () => transcript.over || (transcript.closeReceived && !connection.insideFrame);
  for (const { bytes, insideFrame } of writesOf(step)) {
    if (finished()) return;
    connection.insideFrame = true;
    await connection.write(bytes);
    connection.insideFrame = insideFrame;
  }
}
