import type { Extension } from '../../protocol/extensions/extension.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { layoutOf, MIN_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { findEndOfHead } from '../../protocol/handshake/head/end-of-head.ts';
import type { Limits } from '../../protocol/limits.ts';
import { countBytes } from '../../text/count.ts';
import { FrameJudge, NO_LIMITS } from './frame-judge.ts';
import { type ExplainFrame, explainAtOnce, FrameRecorder, type RecordedFrame } from './frame-recorder.ts';

/** Everything found in a run of bytes. */
export interface DecodedStream {
  readonly bytes: Uint8Array;
  /** The HTTP head at the beginning, if there is one. */
  readonly http: HttpFinding | undefined;
  /** Every frame. The last one might be incomplete. */
  readonly frames: readonly RecordedFrame[];
  /** The incomplete frame at the end, if there is one. */
  readonly incomplete: IncompleteFrame | undefined;
}

/** The head of an opening handshake before the frames. RFC 6455 §4. */
export interface HttpFinding {
  readonly kind: 'request' | 'response';
  /** The length of the head with its empty line. If that line is missing, the length of all bytes. */
  readonly byteLength: number;
  readonly sentence: string;
}

/** A frame that is cut off at the end of the bytes. */
export interface IncompleteFrame {
  readonly offset: number;
  /** How many of its bytes there are. */
  readonly byteLength: number;
  readonly sentence: string;
}

/**
 * Explains every frame in a run of bytes, such as a pasted dump. RFC 6455 §5.
 *
 * @param bytes any bytes; not changed
 * @param sender the side that sent them. If undefined, the MASK bit of each frame decides, so both directions may be mixed
 * @param limits the limits of their receiver; without them, no message is too long
 * @param explain explains a frame; without it, every frame is explained at once
 * @param extensions that both ends agreed on
 */
export function decodeFrames(
  bytes: Uint8Array,
  sender?: 'client' | 'server',
  limits = NO_LIMITS,
  explain?: ExplainFrame,
  extensions: readonly Extension[] = [],
): DecodedStream {
  const { http, incomplete } = surveyFrames(bytes);
  const frames = [...framesIn(bytes, { http, sender, limits, explain, extensions })];
  return { bytes, http, frames, incomplete };
}

/** Options of {@link framesIn}. */
export interface FramesOptions {
  /** The result of {@link surveyFrames}. */
  readonly http: HttpFinding | undefined;
  readonly sender: 'client' | 'server' | undefined;
  readonly limits?: Limits;
  /** That both ends agreed on. */
  readonly extensions?: readonly Extension[];
  readonly explain?: ExplainFrame | undefined;
  /** The frames in this many bytes are explained at once. */
  readonly pieceLength?: number;
}

/** In bytes: at most two thousand frames. */
const PIECE_LENGTH = 4096;

/** Like {@link decodeFrames}, but one frame after the other: of millions of frames, only a few are in memory. */
export function* framesIn(
  bytes: Uint8Array,
  {
    http,
    sender,
    limits = NO_LIMITS,
    extensions = [],
    explain = explainAtOnce,
    pieceLength = PIECE_LENGTH,
  }: FramesOptions,
): Generator<RecordedFrame, void, undefined> {
  const start = http?.byteLength ?? 0;
  const client = new FrameJudge('client', limits, extensions);
  const server = new FrameJudge('server', limits, extensions);
  const recorder = new FrameRecorder(
    start,
    ({ masked }) => {
      const fromClient = sender === undefined ? masked : sender === 'client';
      return fromClient ? client : server;
    },
    // Read the frame from all bytes, not only from its piece: a frame that breaks a rule is reported before it is complete.
    (found) => explain({ ...found, bytes, start: found.offset, end: bytes.length }),
  );
  for (let at = start; at < bytes.length; at += pieceLength) yield* recorder.push(bytes.subarray(at, at + pieceLength));
  const cut = recorder.end();
  if (cut !== undefined) yield cut;
}

/** Reads only the headers of the frames: finds an HTTP head at the beginning, and an incomplete frame at the end. */
export function surveyFrames(bytes: Uint8Array): Pick<DecodedStream, 'http' | 'incomplete'> {
  const http = findHttp(bytes);
  for (let at = http?.byteLength ?? 0; at < bytes.length; ) {
    const header = decodeHeader(bytes, at);
    const byteLength = header && header.headerLength + header.payloadLength;
    if (byteLength === undefined || byteLength > bytes.length - at) {
      return { http, incomplete: describeIncomplete(bytes.subarray(at), at, byteLength) };
    }
    at += byteLength;
  }
  return { http, incomplete: undefined };
}

const OPENINGS = [
  { kind: 'request', opening: 'GET ' },
  { kind: 'response', opening: 'HTTP' },
] as const;

function findHttp(bytes: Uint8Array): HttpFinding | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  const found = OPENINGS.find(({ opening }) => opening === start);
  if (found === undefined) return undefined;
  const end = findEndOfHead(bytes);
  const byteLength = end === -1 ? bytes.length : end;
  const what = `The bytes begin with "${found.opening.trim()}": they are an HTTP ${found.kind}, not a frame.`;
  const after =
    end === -1
      ? 'It does not end within these bytes.'
      : `Its head has ${countBytes(end)}. The bytes after it are read as frames.`;
  return { kind: found.kind, byteLength, sentence: `${what} ${after}` };
}

/**
 * @param bytes the part of the frame that there is
 * @param needed the length that its header claims; undefined if it ends within its header
 */
function describeIncomplete(bytes: Uint8Array, offset: number, needed: number | undefined): IncompleteFrame {
  const lacks = needed === undefined ? lacksHeader(bytes) : lacksPayload(needed, bytes.length);
  return { offset, byteLength: bytes.length, sentence: `The frame at byte ${offset + 1} ${lacks}.` };
}

function lacksPayload(needed: number, there: number): string {
  return `should have ${countBytes(needed)}, but only ${countBytes(there)} of it ${there === 1 ? 'is' : 'are'} there`;
}

function lacksHeader(bytes: Uint8Array): string {
  const second = bytes[1];
  const needed = second === undefined ? `at least ${MIN_HEADER_LENGTH}` : `${layoutOf(second).headerLength}`;
  return `ends within its header: only ${countBytes(bytes.length)} of ${needed} ${bytes.length === 1 ? 'is' : 'are'} there`;
}
