import type { DeflateAgreement } from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import type { Limits } from '../../protocol/limits.ts';
import { countBytes } from '../../text/count.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { diagnose } from '../accept-doctor/diagnose.ts';
import { DEFLATE } from '../deflate/deflate-extension.ts';
import { framesIn, type IncompleteFrame, surveyFrames } from '../frame/decode-stream.ts';
import type { FrameDump } from '../frame/frame-dump.ts';
import type { ExplainFrame, RecordedFrame } from '../frame/frame-recorder.ts';
import { deflateOf, type FoundHead, findHead, headerOf, offersDeflate } from './heads.ts';
import { type InflatedMessage, MessageReader } from './message-reader.ts';
import type { Pasted } from './pasted.ts';

/** One frame of an exchange. */
export interface ExchangeFrame extends RecordedFrame {
  /** Undefined if neither the text nor a head says so: then the MASK bit decides. */
  readonly sender: 'client' | 'server' | undefined;
  /** The run of bytes that the frame is in, at its offset. */
  readonly bytes: Uint8Array;
  /** The compressed message that ends with this frame. */
  readonly inflated?: InflatedMessage;
}

/** The contents of pasted bytes: heads, then frames in the order in which they were complete. */
export interface Exchange {
  readonly heads: readonly FoundHead[];
  readonly frames: Iterable<ExchangeFrame>;
  /** Whether messages with RSV1 are read as compressed. */
  readonly isCompressed: boolean;
  /** The frame that is cut off at the end, one for each direction that has one. */
  readonly incomplete: readonly IncompleteFrame[];
  /** Remarks for the reader, one sentence each. */
  readonly notes: readonly string[];
}

/** The bytes of one direction, or of both if they cannot be told apart. */
interface Run {
  readonly sender: 'client' | 'server' | undefined;
  readonly bytes: Uint8Array;
  /** Where the bytes of each part end in the run, and the part's number. Frames are shown in the order of their parts. */
  readonly ends: readonly { readonly end: number; readonly part: number }[];
  /** Where the frames begin and end. */
  readonly start: number;
  readonly end: number;
  readonly incomplete: IncompleteFrame | undefined;
}

/** How pasted bytes are read. */
export interface ExchangeOptions {
  /** The side that sent all of it, if the user says so. */
  readonly sender?: 'client' | 'server' | undefined;
  /** Whether messages with RSV1 are inflated even if no response here agrees on permessage-deflate. */
  readonly readsCompressed?: boolean | undefined;
  /** The limits of the receiver; without them, no message is too long. */
  readonly limits?: Limits;
  /** Explains the frames of a run of bytes; without it, every frame is explained at once. */
  readonly explain?: (bytes: Uint8Array) => ExplainFrame;
  /** Whether compressed messages are left as they are: the caller inflates those that it shows. */
  readonly inflatesLater?: boolean;
}

/** Reads pasted bytes as a connection: the heads of the handshake first, then frames of one direction or of both. */
export function readExchange({ parts }: Pasted, options: ExchangeOptions = {}): Exchange {
  const { sender, readsCompressed = false } = options;
  const notes: string[] = [];
  const heads: FoundHead[] = [];
  const sides = new Map<string, { bytes: Uint8Array[]; ends: { end: number; part: number }[]; length: number }>();
  const [{ connection: shown } = {}] = parts;
  // After a gap, nothing more of that side is read: nobody knows where the next frame begins.
  const lost = new Set<string>();
  for (const [part, { bytes, side, sender: from, connection, missingBefore }] of parts.entries()) {
    if (connection !== shown) continue;
    const name = `${from ?? side ?? ''}`;
    if (missingBefore !== undefined) lost.add(name);
    if (lost.has(name)) continue;
    const run = sides.get(name) ?? { bytes: [], ends: [], length: 0 };
    sides.set(name, run);
    run.bytes.push(bytes);
    run.length += bytes.length;
    run.ends.push({ end: run.length, part });
  }
  if (lost.size > 0) notes.push('After the missing bytes, nothing more from that side is shown.');
  const others = new Set(parts.map(({ connection }) => connection)).size - 1;
  if (others > 0)
    notes.push(`This is the first of ${others + 1} connections. To see all of them: framelight open FILE`);
  const runs: Run[] = [];
  for (const [name, { bytes: pieces, ends, length }] of sides) {
    const bytes = joined(pieces, length);
    const found = readHeads(bytes, notes);
    heads.push(...found.heads);
    runs.push({
      ...readRun(bytes, found, notes),
      ends,
      sender: name === 'client' || name === 'server' ? name : undefined,
    });
  }
  if (heads.some(({ kind }) => kind === 'request') && heads.some(({ kind }) => kind === 'response'))
    checkAccept(heads, notes);
  const known =
    runs.length === 1
      ? runs.map((run) => ({ ...run, sender: sender ?? run.sender ?? senderByHead(run, heads) }))
      : bothSenders(runs);
  const agreed = heads
    .map((head) => (head.kind === 'response' && head.status === 101 ? deflateOf(head) : undefined))
    .find((found) => found !== undefined);
  if (agreed !== undefined)
    notes.push('The two sides agreed on permessage-deflate, so messages with RSV1 are decompressed.');
  else if (readsCompressed)
    notes.push('Messages with RSV1 are decompressed, as you asked. Messages before these bytes are unknown.');
  const agreement = agreed ?? (readsCompressed ? ASSUMED : undefined);
  const incomplete = known.map((run) => run.incomplete).filter((found) => found !== undefined);
  return {
    heads,
    notes,
    incomplete,
    isCompressed: agreement !== undefined,
    frames: framesOf(known, { ...options, agreement, isBegun: agreed !== undefined }),
  };
}

/** What two sides most often agree on: each keeps its window. */
const ASSUMED: DeflateAgreement = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: undefined,
};

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

interface FoundHeads {
  readonly heads: readonly FoundHead[];
  /** Where the frames begin. */
  readonly start: number;
  /** Whether frames can follow. */
  readonly isOpen: boolean;
}

/** The heads that a run begins with: a request, a response, or one after the other. */
function readHeads(bytes: Uint8Array, notes: string[]): FoundHeads {
  const heads: FoundHead[] = [];
  let start = 0;
  for (let head = findHead(bytes); head !== undefined; head = findHead(bytes, start)) {
    const isSecond = heads.some(({ kind }) => kind === head?.kind);
    if (isSecond) break;
    heads.push(head);
    start += head.byteLength;
    const what = head.kind === 'request' ? 'request' : 'response';
    notes.push(
      `Found an HTTP ${what} of ${countBytes(head.byteLength)}: ${quoted(head.firstLine)}.${head.isWhole ? '' : ' Its end is missing.'}`,
    );
    if (head.status !== undefined && head.status !== 101) {
      const body = bytes.subarray(start);
      notes.push(
        `The server refused the handshake: ${quoted(head.firstLine.replace(/^HTTP\/\S+ /, ''))}. No WebSocket was opened, so no frames follow.`,
      );
      if (body.length > 0) notes.push(`The body of the response: ${quoted(decodeLatin1(body.subarray(0, 1024)))}.`);
      return { heads, start: bytes.length, isOpen: false };
    }
  }
  return { heads, start, isOpen: heads.every(({ isWhole }) => isWhole) };
}

const RESPONSE_OPENING = encodeText('HTTP/1.');

function isResponseAt(bytes: Uint8Array, at: number): boolean {
  return RESPONSE_OPENING.every((byte, i) => bytes[at + i] === byte);
}

/** A line of a peer, in quotation marks. Whatever prints it must escape unseen characters. */
function quoted(line: string): string {
  return JSON.stringify(line);
}

function readRun(bytes: Uint8Array, { start, isOpen }: FoundHeads, notes: string[]): Omit<Run, 'sender' | 'ends'> {
  if (!isOpen) return { bytes, start, end: start, incomplete: undefined };
  for (let at = start; at < bytes.length; ) {
    const inside = (at > start || start > 0) && isResponseAt(bytes, at) ? findHead(bytes, at) : undefined;
    if (inside !== undefined) {
      const sentence = `At byte ${at + 1}, where a frame should begin, there is an HTTP response: ${quoted(inside.firstLine)}. Two handlers answered the same upgrade request. Remove one of them.`;
      notes.push(sentence);
      return { bytes, start, end: at, incomplete: undefined };
    }
    const header = decodeHeader(bytes, at);
    if (header === undefined || at + header.headerLength + header.payloadLength > bytes.length) break;
    at += header.headerLength + header.payloadLength;
  }
  const { incomplete } = surveyFrames(bytes.subarray(start));
  const moved = incomplete && {
    ...incomplete,
    offset: incomplete.offset + start,
    sentence: incomplete.sentence.replace(/byte \d+/, `byte ${incomplete.offset + start + 1}`),
  };
  return { bytes, start, end: bytes.length, incomplete: moved };
}

/**
 * A single head shows which side sent the bytes after it. But if some frames are masked and some are not, the bytes of both sides
 * are mixed, and the other head is missing.
 */
function senderByHead(run: Omit<Run, 'sender'>, heads: readonly FoundHead[]): 'client' | 'server' | undefined {
  const [head] = heads;
  if (heads.length !== 1 || head === undefined) return undefined;
  const masked = new Set<boolean>();
  for (let at = run.start; at < run.end; ) {
    const header = decodeHeader(run.bytes, at);
    if (header === undefined) break;
    masked.add(header.masked);
    at += header.headerLength + header.payloadLength;
  }
  return masked.size === 2 ? undefined : head.kind === 'request' ? 'client' : 'server';
}

/** Two directions: a head shows which side is the client, or else the first frame's MASK bit does. */
function bothSenders(runs: readonly Run[]): readonly Run[] {
  const guess = runs.map(({ sender, bytes, start }) => {
    if (sender !== undefined) return sender;
    const head = findHead(bytes);
    if (head !== undefined) return head.kind === 'request' ? 'client' : 'server';
    const header = decodeHeader(bytes, start);
    return header === undefined ? undefined : header.masked ? 'client' : 'server';
  });
  const other = { client: 'server', server: 'client' } as const;
  return runs.map((run, i) => {
    const own = guess[i];
    const opposite = guess[1 - i];
    return { ...run, sender: own ?? (opposite && other[opposite]) };
  });
}

/** Checks the response against the request before it: the accept must fit the key, and the extension must have been offered. */
function checkAccept(heads: readonly FoundHead[], notes: string[]): void {
  const [request] = heads.filter(({ kind }) => kind === 'request');
  const [response] = heads.filter(({ kind }) => kind === 'response');
  const key = request && headerOf(request, 'Sec-WebSocket-Key');
  const answer = response && headerOf(response, 'Sec-WebSocket-Accept');
  if (request !== undefined && response !== undefined && deflateOf(response) !== undefined && !offersDeflate(request)) {
    notes.push(
      'The server uses permessage-deflate, which the client did not offer. The client must fail the connection.',
    );
  }
  if (key === undefined || answer === undefined) return;
  const { verdict, sentence } = diagnose(key, answer);
  if (verdict !== 'right') notes.push(`Sec-WebSocket-Accept is wrong for this key. ${sentence}`);
}

interface Reading extends ExchangeOptions {
  readonly agreement: DeflateAgreement | undefined;
  /** Whether the first message here is the connection's first. */
  readonly isBegun: boolean;
}

function* framesOf(runs: readonly Run[], reading: Reading): Generator<ExchangeFrame, void, undefined> {
  if (runs.length === 1 && runs[0] !== undefined) return yield* framesOfRun(runs[0], reading);
  // Merged by the part that completed each frame.
  const queues = runs.map((run) => ({
    run,
    frames: framesOfRun(run, reading),
    next: undefined as IteratorResult<ExchangeFrame, void> | undefined,
  }));
  for (;;) {
    let best: (typeof queues)[number] | undefined;
    let bestPart = Number.POSITIVE_INFINITY;
    for (const queue of queues) {
      queue.next ??= queue.frames.next();
      if (queue.next.done) continue;
      const part = partOf(queue.run, queue.next.value);
      if (part < bestPart) [best, bestPart] = [queue, part];
    }
    if (best?.next === undefined || best.next.done) return;
    yield best.next.value;
    best.next = undefined;
  }
}

/** The part that a frame ends in. */
function partOf({ ends }: Run, { offset, dump }: RecordedFrame): number {
  const end = offset + dump.byteLength;
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle]?.end ?? 0) >= end) high = middle;
    else low = middle + 1;
  }
  return ends[low]?.part ?? 0;
}

function* framesOfRun(
  run: Run,
  { agreement, isBegun, limits, explain, inflatesLater = false }: Reading,
): Generator<ExchangeFrame, void, undefined> {
  const bytes = run.bytes.subarray(0, run.end);
  const readers = agreement &&
    !inflatesLater && {
      client: new MessageReader('client', agreement, isBegun),
      server: new MessageReader('server', agreement, isBegun),
    };
  const http = run.start === 0 ? undefined : ({ kind: 'request', byteLength: run.start, sentence: '' } as const);
  const extensions = agreement === undefined ? [] : [DEFLATE];
  const options = { http, sender: run.sender, extensions, explain: explain?.(bytes), ...(limits && { limits }) };
  for (const frame of framesIn(bytes, options)) {
    let inflated: InflatedMessage | undefined;
    if (readers) {
      const from = run.sender ?? (frame.dump.masked ? 'client' : 'server');
      const isWhole = frame.offset + frame.dump.byteLength <= bytes.length;
      inflated = isWhole ? readers[from].take(bytes.subarray(frame.offset)) : undefined;
    }
    yield new FrameOfRun(frame, bytes, run.sender, inflated);
  }
}

/** Leaves the frame to be explained when its dump is asked for, if it is explained later. */
class FrameOfRun implements ExchangeFrame {
  readonly #frame: RecordedFrame;
  readonly offset: number;
  readonly violations: RecordedFrame['violations'];
  readonly bytes: Uint8Array;
  readonly sender: 'client' | 'server' | undefined;
  readonly inflated?: InflatedMessage;

  constructor(
    frame: RecordedFrame,
    bytes: Uint8Array,
    sender: 'client' | 'server' | undefined,
    inflated: InflatedMessage | undefined,
  ) {
    this.#frame = frame;
    this.offset = frame.offset;
    this.violations = frame.violations;
    this.bytes = bytes;
    this.sender = sender;
    if (inflated !== undefined) this.inflated = inflated;
  }

  get dump(): FrameDump {
    return this.#frame.dump;
  }
}
