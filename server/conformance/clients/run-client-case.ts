import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { joinBytes } from '../../../src/bytes/join-bytes.ts';
import { FreshMemory } from '../../../src/bytes/memory/fresh-memory.ts';
import {
  type ClientCase,
  type ClientTranscript,
  ClientTranscriptWriter,
  type EarlierConnections,
  encodeItems,
  formatAnswer,
  judgeClient,
  keptBytesOf,
  negotiateCase,
} from '../../../src/conformance/index.ts';
import { type DeflateCodec, headerValues, type RequestHead } from '../../../src/protocol/index.ts';
import { createCodec } from '../../deflate/codec.ts';
import type { Patience } from '../patience.ts';
import type { CaseResult } from '../run-case.ts';
import { ClientConnection } from './client-connection.ts';
import { driveClientCase } from './drive-client-case.ts';

/** A client whose messages and pings take this much more memory than the expected ones is sent away. */
const MAX_UNASKED_KEPT_BYTES = 256 * 1024;
/** The client gets this long to end TCP after the server has, before the server resets it. */
const LINGER_MS = 2_000;
const KEPT_BYTES = 1024;

let created: DeflateCodec | undefined;

/** Created with the first case that needs it. */
function codec(): DeflateCodec {
  created ??= createCodec(new FreshMemory(), true);
  return created;
}

/** What a client sent to open the connection of a case. */
export interface CaseOpening {
  readonly socket: Socket;
  readonly request: RequestHead;
  /** The head as it came, and what came behind it. */
  readonly headBytes: Uint8Array;
  readonly rest: Uint8Array;
}

/** The result of one case, and what the client showed of itself. */
export interface ClientCaseRun {
  readonly result: CaseResult;
  readonly transcript: ClientTranscript;
}

/** Plays one case with the client at the other end of a socket. */
export async function runClientCase(
  clientCase: ClientCase,
  { socket, request, headBytes, rest }: CaseOpening,
  { patience, earlier, signal }: { patience: Patience; earlier: EarlierConnections; signal: AbortSignal },
): Promise<ClientCaseRun> {
  const startedMs = performance.now();
  const key = headerValues(request, 'Sec-WebSocket-Key')[0] ?? '';
  const terms = negotiateCase(clientCase, request, codec);
  const writer = new ClientTranscriptWriter(
    request,
    keptBytesOf(clientCase.expectation) + MAX_UNASKED_KEPT_BYTES,
    terms,
  );
  const connection = new ClientConnection(socket, writer, rest);
  const stop = () => connection.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const extensions = terms.negotiated?.answer;
  try {
    const skips = terms.notApplicable !== undefined;
    await driveClientCase(connection, clientCase, { key, extensions, skips }, patience.forCase(clientCase.heavy));
  } finally {
    signal.removeEventListener('abort', stop);
    connection.end();
    setTimeout(stop, LINGER_MS).unref();
  }
  const { transcript } = writer;
  const { id, title, section, rule, autobahn } = clientCase;
  const result: CaseResult = {
    ...{ id, title, section, rule, autobahn },
    ...judgeClient(clientCase, transcript, earlier),
    connected: true,
    opened: transcript.byteLength > 0,
    tookMs: performance.now() - startedMs,
    sentHead: formatAnswer(clientCase.answer, key, extensions).slice(0, KEPT_BYTES),
    sentBytes: firstSentBytes(clientCase),
    receivedBytes: joinBytes([headBytes.subarray(0, KEPT_BYTES), transcript.firstBytes]),
  };
  return { result, transcript };
}

/** The first bytes of the frames that the server sent. */
function firstSentBytes({ steps }: ClientCase): Uint8Array {
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
