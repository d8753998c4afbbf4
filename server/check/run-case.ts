import { performance } from 'node:perf_hooks';
import type { ConformanceCase, SendStep, Step } from '../../src/conformance/case.ts';
import { isCloseFrame } from '../../src/conformance/close-step.ts';
import { encodeItems, joinBytes, writesOf } from '../../src/conformance/encode-step.ts';
import { judge } from '../../src/conformance/judge.ts';
import { encodeOpeningRequest } from '../../src/conformance/opening-request.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import { CheckConnection } from './check-connection.ts';
import type { CheckTarget } from './target.ts';

/** What one case came to. */
export interface CaseResult extends Verdict {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly rule: string | undefined;
  readonly autobahn: string | undefined;
  readonly tookMs: number;
  /** Whether there was a TCP connection at all. */
  readonly connected: boolean;
  /** The first bytes each way, for the inspector: the frames after the request, and all that came. */
  readonly sentBytes: Uint8Array;
  readonly receivedBytes: Uint8Array;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for each thing that has to come. */
  readonly patienceMs?: number | undefined;
}

const PATIENCE_MS = 5_000;
const HEAVY_PATIENCE_MS = 60_000;
const KEPT_BYTES = 1024;

/**
 * Puts one case to a server, over a connection of its own.
 *
 * @throws the signal's reason, once it is aborted
 */
export async function runCase(
  conformanceCase: ConformanceCase,
  target: CheckTarget,
  { signal, patienceMs }: RunOptions = {},
): Promise<CaseResult> {
  signal?.throwIfAborted();
  const startedMs = performance.now();
  const patience = patienceMs ?? (conformanceCase.heavy ? HEAVY_PATIENCE_MS : PATIENCE_MS);
  const connection = new CheckConnection(target, conformanceCase.opening);
  const stop = () => connection.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await drive(connection, conformanceCase, target, patience);
  } finally {
    signal?.removeEventListener('abort', stop);
    connection.destroy();
  }
  signal?.throwIfAborted();
  const { transcript } = connection.transcript;
  const { id, title, section, rule, autobahn } = conformanceCase;
  return {
    ...{ id, title, section, rule, autobahn },
    ...judge(conformanceCase, transcript),
    connected: transcript.connectError === undefined,
    tookMs: performance.now() - startedMs,
    sentBytes: firstSentBytes(conformanceCase),
    receivedBytes: transcript.firstBytes,
  };
}

async function drive(
  connection: CheckConnection,
  { opening, steps, expectation }: ConformanceCase,
  target: CheckTarget,
  patienceMs: number,
): Promise<void> {
  const { transcript } = connection;
  await connection.until(() => connection.connected, patienceMs);
  const head = encodeOpeningRequest(opening, target);
  const first = steps[0];
  const joined = opening.withFirstStep && first?.type === 'send' ? [...writesOf(first)] : [];
  const bytes = joinBytes([head, ...joined]);
  const size = opening.cut === 'whole' ? bytes.length : opening.cut;
  for (let at = 0; at < bytes.length && !transcript.answered; at += size) {
    await connection.write(bytes.subarray(at, at + size));
  }
  await connection.until(() => transcript.answered, patienceMs);
  if (!transcript.opened || expectation.type === 'refusal') return;
  for (const [index, step] of steps.entries()) {
    transcript.startStep(index);
    if (index === 0 && joined.length > 0) continue;
    await take(connection, step, patienceMs);
  }
  transcript.startStep(steps.length);
  // One thing too many settles it: there is no need to wait for the end.
  const expected = expectation.received.reduce((sum, { times }) => sum + (times ?? 1), 0);
  await connection.until(() => transcript.receivedCount > expected, patienceMs);
}

async function take(connection: CheckConnection, step: Step, patienceMs: number): Promise<void> {
  const { transcript } = connection;
  if (step.type === 'send') await send(connection, step);
  else if (step.type === 'await') await connection.until(() => transcript.receivedCount >= step.received, patienceMs);
  else if (step.type === 'exchange') {
    const pieces = [...encodeItems([step.item])];
    const before = transcript.receivedCount;
    for (let nth = 1; nth <= step.times && !transcript.over; nth++) {
      for (const piece of pieces) await connection.write(piece);
      await connection.until(() => transcript.receivedCount >= before + nth, patienceMs);
      // The rest would come to nothing: one that does not come back is enough.
      if (transcript.receivedCount < before + nth) return;
    }
  } else await connection.until(() => step.type === 'awaitEnd' && transcript.closeReceived, step.durationMs);
}

async function send(connection: CheckConnection, step: SendStep): Promise<void> {
  // A server that has closed reads no more: what is left to send would only meet a reset.
  if (connection.transcript.closeReceived) return;
  if (isCloseFrame(step)) connection.noteCloseSent();
  connection.insideFrame = step.slice?.end !== undefined;
  for (const bytes of writesOf(step)) {
    if (connection.transcript.over) return;
    await connection.write(bytes);
  }
}

/** The first bytes of the case's first frames, without encoding megabytes to show a thousand bytes. */
function firstSentBytes({ steps }: ConformanceCase): Uint8Array {
  const pieces: Uint8Array[] = [];
  let byteLength = 0;
  for (const step of steps) {
    const items = step.type === 'send' ? step.items : step.type === 'exchange' ? [step.item] : [];
    for (const piece of encodeItems(items)) {
      pieces.push(piece);
      byteLength += piece.length;
      if (byteLength >= KEPT_BYTES) return joinBytes(pieces).slice(0, KEPT_BYTES);
    }
  }
  return joinBytes(pieces);
}
