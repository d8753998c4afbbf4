import { layoutOf, MAX_HEADER_LENGTH, MIN_HEADER_LENGTH } from '../protocol/framing/layout.ts';
import { findEndOfHead } from '../protocol/handshake/end-of-head.ts';
import { describeFrame } from './describe.ts';
import { countBytes } from './field-meaning.ts';
import { dumpFrame, type FrameDump, MAX_SHOWN_BYTES } from './frame-dump.ts';
import { FrameJudge, NO_LIMITS } from './frame-judge.ts';
import { type ExplainFrame, FrameRecorder, type RecordedFrame } from './frame-recorder.ts';

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

export interface HttpFinding {
  readonly kind: 'request' | 'response';
  /** Of the head with its empty line; all bytes where that line has not come. */
  readonly byteLength: number;
  readonly sentence: string;
}

export interface IncompleteFrame {
  readonly offset: number;
  /** How many bytes there are of it. */
  readonly byteLength: number;
  readonly sentence: string;
}

/**
 * Explains every frame in a run of bytes, such as a pasted dump. RFC 6455 §5.
 *
 * All of them are judged; each is explained when its `dump` is first asked for, since of a long capture hardly any is.
 *
 * @param bytes any; left as they are, and kept by what is returned
 * @param sender who sent them; undefined where each frame's MASK bit shall tell, so that frames of
 *   both directions can stand mixed
 * @param limits what their receiver takes; without them no message is too long
 */
export function decodeFrames(bytes: Uint8Array, sender?: 'client' | 'server', limits = NO_LIMITS): DecodedStream {
  const http = findHttp(bytes);
  const start = http?.byteLength ?? 0;
  const client = new FrameJudge('client', limits);
  const server = new FrameJudge('server', limits);
  const recorder = new FrameRecorder(
    start,
    ({ masked }) => {
      const fromClient = sender === undefined ? masked : sender === 'client';
      return fromClient ? client : server;
    },
    explainLater(bytes),
  );
  const frames = recorder.push(bytes.subarray(start));
  const cut = recorder.end();
  if (cut !== undefined) frames.push(cut);
  const last = frames.at(-1);
  return { bytes, http, frames, incomplete: last && describeIncomplete(bytes, last, cut !== undefined) };
}

/** The frame that starts at `offset` in a few words, as {@link describeFrame} has them, from its header alone. */
export function describeFrameAt(bytes: Uint8Array, offset: number): string {
  const head = dumpFrame(bytes.subarray(offset, offset + MAX_HEADER_LENGTH));
  const shown = Math.min(bytes.length - offset, head.byteLength, MAX_SHOWN_BYTES);
  return describeFrame({ ...head, truncated: shown < head.byteLength }, shown);
}

/** Whole frames are read where they lie in `all`; what had to be joined from pieces is kept as it is now. */
function explainLater(all: Uint8Array): ExplainFrame {
  return (offset, bytes, context) => {
    const kept = bytes.buffer === all.buffer ? bytes : bytes.slice();
    let dump: FrameDump | undefined;
    return {
      offset,
      violations: context.violations,
      get dump() {
        dump ??= dumpFrame(kept, context);
        return dump;
      },
    };
  };
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

/** @param cut whether the frame was still arriving where the bytes end */
function describeIncomplete(
  bytes: Uint8Array,
  { offset, dump }: RecordedFrame,
  cut: boolean,
): IncompleteFrame | undefined {
  const byteLength = bytes.length - offset;
  if (!cut && dump.byteLength <= byteLength) return undefined;
  // Of a frame that is cut within its header, the dump knows no more bytes than there are.
  const lacks =
    dump.byteLength > byteLength ? lacksPayload(dump.byteLength, byteLength) : lacksHeader(bytes.subarray(offset));
  return { offset, byteLength, sentence: `The frame at byte ${offset + 1} ${lacks}.` };
}

function lacksPayload(needed: number, there: number): string {
  return `says that it has ${countBytes(needed)}, and ${countBytes(there)} of it ${there === 1 ? 'is' : 'are'} there`;
}

function lacksHeader(bytes: Uint8Array): string {
  const second = bytes[1];
  const needed = second === undefined ? `at least ${MIN_HEADER_LENGTH}` : `${layoutOf(second).headerLength}`;
  return `ends within its header: ${countBytes(bytes.length)} ${bytes.length === 1 ? 'is' : 'are'} there, and the header has ${needed}`;
}
