import { performance } from 'node:perf_hooks';
import { joinBytes } from '../../src/bytes/join-bytes.ts';
import {
  adaptCase,
  type ConformanceCase,
  type Demands,
  type EchoHabits,
  encodeItems,
  formatOpeningRequest,
  judge,
  type Verdict,
} from '../../src/conformance/index.ts';
import { CaseConnection } from './case-connection.ts';
import { driveCase } from './drive-case.ts';
import { explainAccept } from './explain-accept.ts';
import { type CasePatience, Patience } from './patience.ts';
import type { ServerUrl } from './target.ts';

/** The result of one case. */
export interface CaseResult extends Verdict {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly rule: string | undefined;
  readonly autobahn: string | undefined;
  readonly tookMs: number;
  /** Whether there was a TCP connection at all. */
  readonly connected: boolean;
  /** Whether the server opened the connection. */
  readonly opened: boolean;
  /** The start of the request, one character for each byte. */
  readonly sentHead: string;
  /** The first bytes of the frames that were sent, and of everything that came back. */
  readonly sentBytes: Uint8Array;
  readonly receivedBytes: Uint8Array;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for each answer. */
  readonly patience?: Patience | undefined;
  readonly demands?: Demands | undefined;
  readonly habits?: EchoHabits | undefined;
}

const KEPT_BYTES = 1024;

/**
 * If a server stops reading and ends TCP, the system resets the connection, and the reset can overtake the close frame.
 * Then the case runs again, at most this many times in all, before the verdict says that no close frame came.
 */
const MAX_ATTEMPTS = 4;

/**
 * Runs one case against a server, on a connection of its own.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runCase(
  given: ConformanceCase,
  target: ServerUrl,
  { signal, patience = new Patience(), demands = {}, habits }: RunOptions = {},
): Promise<CaseResult> {
  const conformanceCase = adaptCase(given, demands);
  const startedMs = performance.now();
  const attemptOnce = () => attempt(conformanceCase, target, patience.forCase(conformanceCase.heavy), habits, signal);
  let connection = await attemptOnce();
  for (let nth = 2; nth <= MAX_ATTEMPTS && connection.lostLastWords; nth++) connection = await attemptOnce();
  const { opened } = connection.transcript;
  const transcript = explainAccept(conformanceCase, connection.transcript.transcript);
  const { id, title, section, rule, autobahn } = conformanceCase;
  return {
    ...{ id, title, section, rule, autobahn },
    ...judge(conformanceCase, transcript),
    connected: transcript.connectError === undefined,
    opened,
    tookMs: performance.now() - startedMs,
    sentHead: formatOpeningRequest(conformanceCase.opening, target).slice(0, KEPT_BYTES),
    sentBytes: firstSentBytes(conformanceCase, opened),
    receivedBytes: transcript.firstBytes,
  };
}

async function attempt(
  conformanceCase: ConformanceCase,
  target: ServerUrl,
  patience: CasePatience,
  habits: EchoHabits | undefined,
  signal: AbortSignal | undefined,
): Promise<CaseConnection> {
  signal?.throwIfAborted();
  const connection = new CaseConnection(target, conformanceCase, habits);
  const stop = () => connection.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await driveCase(connection, conformanceCase, target, patience);
  } finally {
    signal?.removeEventListener('abort', stop);
    connection.destroy();
  }
  signal?.throwIfAborted();
  return connection;
}

/** The first bytes of the sent frames. Stops early instead of encoding megabytes to show a thousand bytes. */
function firstSentBytes({ opening, steps }: ConformanceCase, opened: boolean): Uint8Array {
  const pieces: Uint8Array[] = [];
  let byteLength = 0;
  for (const step of steps) {
    if (!opened && !opening.withFirstStep) break;
    const items = step.type === 'send' ? step.items : step.type === 'exchange' ? [step.item] : [];
    for (const piece of encodeItems(items)) {
      pieces.push(piece);
      byteLength += piece.length;
      if (byteLength >= KEPT_BYTES) return joinBytes(pieces).slice(0, KEPT_BYTES);
    }
    if (!opened) break;
  }
  return joinBytes(pieces);
}
