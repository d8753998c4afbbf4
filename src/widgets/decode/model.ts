import { formatHex } from '../../bytes/hex.ts';
import { DEFLATE } from '../../inspector/deflate/deflate-extension.ts';
import type { InflatedDump } from '../../inspector/deflate/inflated-dump.ts';
import { isProbablyCompressed } from '../../inspector/deflate/probably-compressed.ts';
import { type DecodedStream, decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { explainLater } from '../../inspector/frame/explain-later.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { NO_LIMITS } from '../../inspector/frame/frame-judge.ts';
import { type HexProblem, parseHex } from '../../inspector/hex/parse-hex.ts';
import { countBytes } from '../../text/count.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import {
  type DecodeRequest,
  formatDecodeHash,
  MAX_LINKED_CHARACTERS,
  type Sender,
} from '../base/address/decode-address.ts';
import { type FrameRow, presentRow } from './frame-row.ts';
import { type ProblemPlace, placeOfProblem } from './place-of-problem.ts';
import { type WholeMessage, wholeMessage } from './whole-message.ts';

/** The state of the decoder: a text, the frames in its bytes, and the one that is open. */
export interface DecodeState {
  readonly request: DecodeRequest;
  readonly problem: HexProblem | undefined;
  /** The frames of the last text that could be read. */
  readonly stream: DecodedStream;
  /** How many of them break a rule. */
  readonly brokenCount: number;
  /** The index of the open frame. */
  readonly opened: number;
  /** The index of the first frame that is listed. */
  readonly listed: number;
}

export type DecodeAction =
  | { readonly type: 'type'; readonly text: string }
  | { readonly type: 'from'; readonly sender: Sender }
  /** Reads messages with RSV1 as compressed, or as they are. */
  | { readonly type: 'readCompressed'; readonly on: boolean }
  | { readonly type: 'read'; readonly request: DecodeRequest }
  | { readonly type: 'open'; readonly index: number }
  /** Opens the next frame that breaks a rule; after the last one, the first. */
  | { readonly type: 'openBroken' }
  | { readonly type: 'list'; readonly first: number };

/** The list has this many rows at most. The rest of a long capture is drawn as the reader scrolls. */
export const MAX_LISTED_FRAMES = 72;
/** Rows listed above the first one in sight. */
export const ROWS_ABOVE = 24;

export function initialDecodeState(request: DecodeRequest): DecodeState {
  return decode(request, { stream: decodeFrames(new Uint8Array()), brokenCount: 0 });
}

export function reduceDecode(state: DecodeState, action: DecodeAction): DecodeState {
  switch (action.type) {
    case 'type':
      // A limit belongs to the example of a link. Other bytes are judged without it.
      return decode({ ...state.request, text: action.text, limits: {} }, state);
    case 'from':
      return decode({ ...state.request, sender: action.sender }, state);
    case 'read':
      return decode(action.request, state);
    case 'readCompressed':
      return readAgain(state, action.on);
    case 'open':
      return openFrame(state, action.index);
    case 'openBroken':
      return openFrame(state, nextBroken(state));
    case 'list':
      return { ...state, listed: Math.max(0, Math.min(action.first, state.stream.frames.length - 1)) };
  }
}

/** Decodes the same bytes again, and leaves the same frame open. */
function readAgain(state: DecodeState, readsCompressed: boolean): DecodeState {
  const { request, stream, opened, problem } = state;
  if (problem !== undefined) return state;
  return openFrame(decodeBytes({ ...request, readsCompressed }, stream.bytes), opened);
}

function openFrame(state: DecodeState, index: number): DecodeState {
  const opened = Math.min(Math.max(index, 0), state.stream.frames.length - 1);
  const listed = opened >= state.listed && opened < state.listed + MAX_LISTED_FRAMES;
  return { ...state, opened, listed: listed ? state.listed : Math.max(0, opened - ROWS_ABOVE) };
}

function nextBroken({ stream: { frames }, opened }: DecodeState): number {
  const isBroken = ({ violations }: (typeof frames)[number]) => violations.length > 0;
  const later = frames.findIndex((frame, index) => index > opened && isBroken(frame));
  return later === -1 ? frames.findIndex(isBroken) : later;
}

function decode(request: DecodeRequest, before: Pick<DecodeState, 'stream' | 'brokenCount'>): DecodeState {
  const parsed = parseHex(request.text);
  if ('bytes' in parsed) return decodeBytes(request, parsed.bytes);
  const { stream, brokenCount } = before;
  return { request, problem: parsed.problem, stream, brokenCount, opened: 0, listed: 0 };
}

/** In bytes: more of a head is not searched. */
const MAX_HEAD_BYTES = 16 * 1024;
const AGREES_ON_DEFLATE = /^HTTP\/1\.\d 101 [\s\S]*?\r?\nsec-websocket-extensions:[^\r\n]*permessage-deflate/i;

/** Whether the bytes begin with a response that agrees on compression. */
function agreesOnDeflate(bytes: Uint8Array): boolean {
  const [head = ''] = decodeLatin1(bytes.subarray(0, MAX_HEAD_BYTES)).split('\r\n\r\n', 1);
  return AGREES_ON_DEFLATE.test(head);
}

/** Opens the first frame that breaks a rule: a reader most likely looks for that one. */
function decodeBytes(asked: DecodeRequest, bytes: Uint8Array): DecodeState {
  const agrees = asked.readsCompressed === undefined && agreesOnDeflate(bytes);
  const request = agrees ? { ...asked, readsCompressed: true } : asked;
  const sender = request.sender === 'either' ? undefined : request.sender;
  const limits = { ...NO_LIMITS, ...request.limits };
  const extensions = request.readsCompressed === true ? [DEFLATE] : [];
  const stream = decodeFrames(bytes, sender, limits, explainLater(bytes), extensions);
  const broken = stream.frames.findIndex(({ violations }) => violations.length > 0);
  const brokenCount = stream.frames.filter(({ violations }) => violations.length > 0).length;
  const state = { request, problem: undefined, stream, brokenCount, opened: 0, listed: 0 };
  return stream.frames.length === 0 ? state : openFrame(state, broken);
}

/** Longer texts and all files are decoded in a worker, because the page would not respond meanwhile. */
export const MAX_TYPED_CHARACTERS = 64 * 1024;

/** A file counts as text if its first bytes are printable ASCII. */
const SNIFFED_BYTES = 4096;

/**
 * Decodes a file: recorded bytes, or hex in any format that `parseHex` reads.
 *
 * @param bytes kept by the returned state
 */
export function decodeFile(bytes: Uint8Array, sender: Sender): DecodeState {
  const isText = bytes
    .subarray(0, SNIFFED_BYTES)
    .every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13));
  const request = { text: isText ? new TextDecoder().decode(bytes) : '', sender, limits: {} };
  return isText ? initialDecodeState(request) : decodeBytes(request, bytes);
}

/** What the page shows of a state. It is short for any capture, so that a worker can send it. */
export interface Decoded {
  readonly problem: { readonly sentence: string; readonly place: ProblemPlace | undefined } | undefined;
  readonly frameCount: number;
  readonly brokenCount: number;
  /** The listed frames, from the index `listed` on. */
  readonly rows: readonly FrameRow[];
  readonly listed: number;
  /** The index of the open frame. */
  readonly opened: number;
  readonly notes: readonly string[];
  /** The open frame. */
  readonly dump: FrameDump | undefined;
  /** The message of the open frame, if that is one of several fragments. */
  readonly message: WholeMessage | undefined;
  /** `asks`: the open frame is probably compressed, and is not read so. `reads`: it is, as the reader wants. */
  readonly compression: 'asks' | 'reads' | undefined;
  /** The compressed message that ends with the open frame. */
  readonly inflated?: InflatedDump | undefined;
  /** The hash of an address that opens these bytes; undefined if there are none, or too many. */
  readonly hash: string | undefined;
}

/** @param inflate inflates the message that ends with the open frame; undefined while that is not loaded */
export function presentDecoded(
  state: DecodeState,
  inflate?: (state: DecodeState) => InflatedDump | undefined,
): Decoded {
  const { request, problem, stream, brokenCount, opened, listed } = state;
  return {
    problem: problem && { sentence: problem.sentence, place: placeOfProblem(request.text, problem) },
    frameCount: stream.frames.length,
    brokenCount,
    rows: stream.frames
      .slice(listed, listed + MAX_LISTED_FRAMES)
      .map((frame, i) => presentRow(stream.bytes, frame, listed + i, request.sender)),
    listed,
    opened,
    notes: presentNotes(state),
    dump: stream.frames[opened]?.dump,
    message: wholeMessage(stream, opened, request.sender),
    compression: compressionOf(state),
    inflated: state.request.readsCompressed === true ? inflate?.(state) : undefined,
    hash: hashOf(state),
  };
}

function compressionOf({ request, stream, opened }: DecodeState): Decoded['compression'] {
  if (request.readsCompressed === true) return 'reads';
  const frame = stream.frames[opened];
  return frame !== undefined && isProbablyCompressed(frame.dump) ? 'asks' : undefined;
}

/** Plain hex, whatever was pasted: the text column of a dump does not belong in an address. */
function hashOf({ request, problem, stream: { bytes } }: DecodeState): string | undefined {
  if (problem !== undefined || bytes.length === 0 || bytes.length > MAX_LINKED_CHARACTERS / 2) return undefined;
  return formatDecodeHash({ ...request, text: formatHex(bytes) });
}

function presentNotes({ stream: { http, incomplete }, request }: DecodeState): string[] {
  const { maxMessageBytes, maxFragments } = request.limits;
  const notes = [http?.sentence, incomplete?.sentence];
  if (maxMessageBytes !== undefined) {
    notes.push(`This receiver accepts messages of at most ${countBytes(maxMessageBytes)}.`);
  }
  if (maxFragments !== undefined) {
    notes.push(`This receiver accepts at most ${maxFragments} fragment${maxFragments === 1 ? '' : 's'} in a message.`);
  }
  return notes.filter((note) => note !== undefined);
}
