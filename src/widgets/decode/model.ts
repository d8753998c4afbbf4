import { type DecodedStream, decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { describeFrameAt, explainLater } from '../../inspector/frame/explain-later.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { NO_LIMITS } from '../../inspector/frame/frame-judge.ts';
import { type HexProblem, parseHex } from '../../inspector/hex/parse-hex.ts';
import type { DecodeRequest, Sender } from '../base/address/decode-address.ts';

/** What the decoder shows: some text, the frames that its bytes hold, and one of them opened. */
export interface DecodeState {
  readonly request: DecodeRequest;
  readonly problem: HexProblem | undefined;
  /** The frames of the last text that could be read. */
  readonly stream: DecodedStream;
  /** Which frame is open. */
  readonly opened: number;
}

export type DecodeAction =
  | { readonly type: 'type'; readonly text: string }
  | { readonly type: 'from'; readonly sender: Sender }
  | { readonly type: 'read'; readonly request: DecodeRequest }
  | { readonly type: 'open'; readonly index: number };

/** So many frames are listed: a longer stream is for the command line. */
export const MAX_LISTED_FRAMES = 500;

export function initialDecodeState(request: DecodeRequest): DecodeState {
  return decode(request, decodeFrames(new Uint8Array()));
}

export function reduceDecode(state: DecodeState, action: DecodeAction): DecodeState {
  switch (action.type) {
    case 'type':
      // A limit comes with a linked example: other bytes are judged without it.
      return decode({ ...state.request, text: action.text, limits: {} }, state.stream);
    case 'from':
      return decode({ ...state.request, sender: action.sender }, state.stream);
    case 'read':
      return decode(action.request, state.stream);
    case 'open':
      return { ...state, opened: Math.min(Math.max(action.index, 0), state.stream.frames.length - 1) };
  }
}

function decode(request: DecodeRequest, before: DecodedStream): DecodeState {
  const parsed = parseHex(request.text);
  if ('problem' in parsed) return { request, problem: parsed.problem, stream: before, opened: 0 };
  return decodeBytes(request, parsed.bytes);
}

/** Opens the first frame that breaks a rule: that is what a reader looks for. */
function decodeBytes(request: DecodeRequest, bytes: Uint8Array): DecodeState {
  const sender = request.sender === 'either' ? undefined : request.sender;
  const stream = decodeFrames(bytes, sender, { ...NO_LIMITS, ...request.limits }, explainLater(bytes));
  const broken = stream.frames.findIndex(({ violations }) => violations.length > 0);
  return { request, problem: undefined, stream, opened: Math.max(broken, 0) };
}

/** Longer texts, and files, are decoded beside the page, which would stand still meanwhile. */
export const MAX_TYPED_CHARACTERS = 64 * 1024;

const LOOKED_AT = 4096;

/**
 * Decodes a whole file: bytes as they were recorded, or hex in any form if all it begins with is printable ASCII.
 *
 * @param bytes kept by what is returned
 */
export function decodeFile(bytes: Uint8Array, sender: Sender): DecodeState {
  const isText = bytes
    .subarray(0, LOOKED_AT)
    .every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13));
  const request = { text: isText ? new TextDecoder().decode(bytes) : '', sender, limits: {} };
  return isText ? initialDecodeState(request) : decodeBytes(request, bytes);
}

/** All that is drawn of a state, and nothing that is long: it can be sent from one thread to another. */
export function presentDecoded(state: DecodeState): Decoded {
  const { problem, stream, opened } = state;
  return { problem, rows: presentRows(state), notes: presentNotes(state), dump: stream.frames[opened]?.dump };
}

export interface Decoded {
  readonly problem: HexProblem | undefined;
  readonly rows: readonly DecodedRow[];
  readonly notes: readonly string[];
  /** Of the frame that is open. */
  readonly dump: FrameDump | undefined;
}

/** One row of the list. */
export interface DecodedRow {
  readonly index: number;
  readonly offset: number;
  readonly sentence: string;
  /** The names of the rules it breaks. */
  readonly broken: readonly string[];
  readonly opened: boolean;
}

export function presentRows({ stream, opened }: DecodeState): DecodedRow[] {
  return stream.frames.slice(0, MAX_LISTED_FRAMES).map(({ offset, violations }, index) => ({
    index,
    offset,
    sentence: describeFrameAt(stream.bytes, offset),
    broken: violations.map(({ rule }) => rule),
    opened: index === opened,
  }));
}

/** What there is to say of the bytes besides their frames, and of the limits they are judged by. */
export function presentNotes({ stream, request }: DecodeState): string[] {
  const { http, incomplete, frames } = stream;
  const { maxMessageBytes, maxFragments } = request.limits;
  const notes = [http?.sentence, incomplete?.sentence];
  if (maxMessageBytes !== undefined) notes.push(`The receiver takes messages of at most ${maxMessageBytes} bytes.`);
  if (maxFragments !== undefined) notes.push(`The receiver takes at most ${maxFragments} fragments of one message.`);
  if (frames.length > MAX_LISTED_FRAMES) {
    notes.push(`There are ${frames.length} frames; the first ${MAX_LISTED_FRAMES} are listed.`);
  }
  return notes.filter((note) => note !== undefined);
}
