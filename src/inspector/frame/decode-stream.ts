import type { Extension } from '../../protocol/extensions/extension.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { layoutOf, MIN_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { findEndOfHead } from '../../protocol/handshake/head/end-of-head.ts';
import type { Limits } from '../../protocol/limits.ts';
import { countBytes } from '../../text/count.ts';
import { FrameJudge, NO_LIMITS } from './frame-judge.ts';
import { type ExplainFrame, explainAtOnce, FrameRecorder, type RecordedFrame } from './frame-recorder.ts';

/** What a run of bytes holds. */
export interface DecodedStream {
  readonly bytes: Uint8Array;
  /** The HTTP head that the bytes begin with, where they do. */
  readonly http: HttpFinding | undefined;
  /** Every frame, the last perhaps in pieces. */
  readonly frames: readonly RecordedFrame[];
  /** The frame at the end that is in pieces, where there is one. */
  readonly incomplete: IncompleteFrame | undefined;
}

/** The head of an opening handshake before the frames. RFC 6455 §4. */
export interface HttpFinding {
  readonly kind: 'request' | 'response';
  /** Of the head with its empty line; all bytes where that line has not come. */
  readonly byteLength: number;
  readonly sentence: string;
}

/** A frame that the bytes end inside. */
export interface IncompleteFrame {
  readonly offset: number;
  /** How many bytes there are of it. */
  readonly byteLength: number;
  readonly sentence: string;
}

/**
 * Explains every frame in a run of bytes, such as a pasted dump. RFC 6455 §5.
 *
 * @param bytes any; left as they are
 * @param sender who sent them; undefined where each frame's MASK bit shall tell, so that frames of
 *   both directions can stand mixed
 * @param limits what their receiver takes; without them no message is too long
 * @param explain makes what is recorded of a frame; without it every frame is explained at once
 */
export function decodeFrames(
  bytes: Uint8Array,
  sender?: 'client' | 'server',
  limits = NO_LIMITS,
  explain?: ExplainFrame,
): DecodedStream {
  const { http, incomplete } = surveyFrames(bytes);
  const frames = [...framesIn(bytes, { http, sender, limits, explain })];
  return { bytes, http, frames, incomplete };
}

/** How {@link framesIn} reads a run of bytes. */
export interface FramesOptions {
  /** What {@link surveyFrames} found. */
  readonly http: HttpFinding | undefined;
  readonly sender: 'client' | 'server' | undefined;
  readonly limits?: Limits;
  /** That both ends agreed on. */
  readonly extensions?: readonly Extension[];
  readonly explain?: ExplainFrame | undefined;
  /** The frames of so many bytes are explained at once. */
  readonly pieceLength?: number;
}

/** In bytes: two thousand frames at most. */
const PIECE_LENGTH = 4096;

/** As {@link decodeFrames}, but one frame after the other: of millions only a few are in memory. */
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
    // Read where it lies among all bytes, and not as far as its piece goes: a frame that breaks a rule is told of early.
    (found) => explain({ ...found, bytes, start: found.offset, end: bytes.length }),
  );
  for (let at = start; at < bytes.length; at += pieceLength) yield* recorder.push(bytes.subarray(at, at + pieceLength));
  const cut = recorder.end();
  if (cut !== undefined) yield cut;
}

/** What can be told of a run of bytes by the headers of its frames: whether it begins with HTTP, and how it ends. */
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
  const what = `The bytes begin with "${found.opening.trim()}": this is an HTTP ${found.kind}, not a frame.`;
  const after =
    end === -1
      ? 'It does not end within these bytes.'
      : `Its head has ${countBytes(end)}; what follows is read as frames.`;
  return { kind: found.kind, byteLength, sentence: `${what} ${after}` };
}

/**
 * @param bytes what there is of the frame
 * @param needed how many bytes it claims to have; undefined where it ends within its header
 */
function describeIncomplete(bytes: Uint8Array, offset: number, needed: number | undefined): IncompleteFrame {
  const lacks = needed === undefined ? lacksHeader(bytes) : lacksPayload(needed, bytes.length);
  return { offset, byteLength: bytes.length, sentence: `The frame at byte ${offset + 1} ${lacks}.` };
}

function lacksPayload(needed: number, there: number): string {
  return `says that it has ${countBytes(needed)}, and ${countBytes(there)} of it ${there === 1 ? 'is' : 'are'} there`;
}

function lacksHeader(bytes: Uint8Array): string {
  const second = bytes[1];
  const needed = second === undefined ? `at least ${MIN_HEADER_LENGTH}` : `${layoutOf(second).headerLength}`;
  return `ends within its header: ${countBytes(bytes.length)} ${bytes.length === 1 ? 'is' : 'are'} there, and the header has ${needed}`;
}
