import { performance } from 'node:perf_hooks';
import type { ConformanceCase } from '../../src/conformance/case.ts';
import { encodeItems, joinBytes } from '../../src/conformance/encode-step.ts';
import { judge } from '../../src/conformance/judge.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import { CheckConnection } from './check-connection.ts';
import { driveCase } from './drive-case.ts';
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
 * A server that stops reading and ends TCP resets it, and the reset can overtake its last words: then the case is put
 * again, so many times at most, before the server is said to have gone without a word.
 */
const MOST_ATTEMPTS = 4;

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
  const startedMs = performance.now();
  const patience = patienceMs ?? (conformanceCase.heavy ? HEAVY_PATIENCE_MS : PATIENCE_MS);
  let connection = await attempt(conformanceCase, target, patience, signal);
  for (let nth = 2; nth <= MOST_ATTEMPTS && connection.lostLastWords; nth++) {
    connection = await attempt(conformanceCase, target, patience, signal);
  }
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

async function attempt(
  conformanceCase: ConformanceCase,
  target: CheckTarget,
  patienceMs: number,
  signal: AbortSignal | undefined,
): Promise<CheckConnection> {
  signal?.throwIfAborted();
  const connection = new CheckConnection(target, conformanceCase.opening);
  const stop = () => connection.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await driveCase(connection, conformanceCase, target, patienceMs);
  } finally {
    signal?.removeEventListener('abort', stop);
    connection.destroy();
  }
  signal?.throwIfAborted();
  return connection;
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
