import { joinBytes } from '../../../src/bytes/join-bytes.ts';
import {
  type ClientCase,
  encodeAnswer,
  encodeItems,
  isCloseFrame,
  type SendStep,
  type Step,
  writesOf,
} from '../../../src/conformance/index.ts';
import { encodeCloseBody, encodeFrame, OPCODE } from '../../../src/protocol/index.ts';
import type { CasePatience } from '../patience.ts';
import type { ClientConnection } from './client-connection.ts';

/** How long the server leaves TCP open after the close frames, to see whether the client waits. */
const HESITATION_MS = 1_000;
/** How long the server waits for a client that should end TCP by itself: Chromium takes 2 s, a Python library 10 s. */
const MAX_OWN_END_MS = 12_000;

interface Given {
  /** The client's Sec-WebSocket-Key. */
  readonly key: string;
  /** The value of Sec-WebSocket-Extensions that both ends agreed on. */
  readonly extensions: string | undefined;
  /** Whether the case does not apply: then the server opens and closes the connection. */
  readonly skips: boolean;
}

/** Plays the server of one case, from its answer to the end of TCP. */
export async function driveClientCase(
  connection: ClientConnection,
  clientCase: ClientCase,
  { key, extensions, skips }: Given,
  patience: CasePatience,
): Promise<void> {
  const { answer, steps, expectation } = clientCase;
  const { transcript } = connection;
  const opens = expectation.type !== 'rejection' && !skips;
  if (opens) connection.open();
  const first = steps[0];
  const joined = answer.withFirstStep && first?.type === 'send' ? first : undefined;
  const together = joined === undefined ? [] : [...writesOf(joined)].map(({ bytes }) => bytes);
  const bytes = joinBytes([encodeAnswer(answer, key, extensions), ...together]);
  const size = typeof answer.cut === 'number' ? answer.cut : Math.max(1, bytes.length);
  if (joined !== undefined) transcript.startStep(0);
  for (let at = 0; at < bytes.length; at += size) await connection.write(bytes.subarray(at, at + size));
  if (answer.endsTcp) connection.end();
  if (skips) {
    await connection.write(closeFrame());
    await connection.until(() => transcript.closeReceived, patience.ms('close'));
    return;
  }
  for (const [index, step] of steps.entries()) {
    if (step === joined) continue;
    startStep(connection, step, index);
    await takeStep(connection, step, patience);
  }
  transcript.startStep(steps.length);
  if (expectation.type === 'rejection') {
    await connection.until(() => transcript.receivedCount > 0, patience.ms('failure'));
    return;
  }
  if (clientCase.extra === 'notices-end') {
    connection.end();
    await connection.until(() => false, patience.ms('close'));
    return;
  }
  await closing(connection, clientCase, patience);
}

/** Waits for the messages and the close frame, and ends TCP as a server must. RFC 6455 §7.1.1. */
async function closing(connection: ClientConnection, clientCase: ClientCase, patience: CasePatience): Promise<void> {
  const { transcript } = connection;
  const { expectation, extra } = clientCase;
  const expected = expectation.received.reduce((sum, { times }) => sum + (times ?? 1), 0);
  await wait(connection, patience, () => transcript.closeReceived || transcript.receivedCount >= expected);
  const close = expectation.type === 'failure' ? 'failure' : 'close';
  const tooMuch = () => transcript.receivedCount > expected;
  const settled = await connection.until(() => transcript.closeReceived || tooMuch(), patience.ms(close));
  if (!settled) patience.lose(close);
  if (!transcript.closeReceived) return;
  patience.noteClose();
  if (extra === 'waits-for-end') await connection.until(() => false, HESITATION_MS);
  if (extra === 'ends-itself') await connection.until(() => false, MAX_OWN_END_MS);
}

function startStep(connection: ClientConnection, step: Step, index: number): void {
  connection.transcript.startStep(index);
  if (isCloseFrame(step)) connection.noteCloseSent();
}

async function wait(connection: ClientConnection, patience: CasePatience, condition: () => boolean): Promise<void> {
  if (!(await connection.until(condition, patience.ms('answer')))) patience.lose('answer');
}

async function takeStep(connection: ClientConnection, step: Step, patience: CasePatience): Promise<void> {
  const { transcript } = connection;
  if (step.type === 'send') await send(connection, step);
  else if (step.type === 'await') await wait(connection, patience, () => transcript.receivedCount >= step.received);
  else if (step.type === 'exchange') {
    const pieces = [...encodeItems([step.item])];
    const before = transcript.receivedCount;
    for (let nth = 1; nth <= step.times && !connection.over; nth++) {
      for (const piece of pieces) await connection.write(piece);
      await wait(connection, patience, () => transcript.receivedCount >= before + nth);
      if (transcript.receivedCount < before + nth) return;
    }
  } else await connection.until(() => step.type === 'awaitEnd' && transcript.closeReceived, step.durationMs);
}

async function send(connection: ClientConnection, step: SendStep): Promise<void> {
  for (const { bytes, insideFrame } of writesOf(step)) {
    // A client that has closed reads nothing more. Only the current frame must still be completed.
    if (connection.over || (connection.transcript.closeReceived && !connection.insideFrame)) return;
    connection.insideFrame = true;
    await connection.write(bytes);
    connection.insideFrame = insideFrame;
  }
}

function closeFrame(): Uint8Array {
  return encodeFrame({ opcode: OPCODE.close, payload: encodeCloseBody(1000, ''), maskingKey: undefined });
}
