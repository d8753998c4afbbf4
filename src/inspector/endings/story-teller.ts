import { bytesOfHex } from '../../bytes/hex.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { headerTokens, type RequestHead, type ResponseHead } from '../../protocol/handshake/head/head.ts';
import { type HeadResult, parseRequestHead, parseResponseHead } from '../../protocol/handshake/head/parse-head.ts';
import type { Direction, WireFrame, WireHandshake } from '../wire/wire.ts';
import type { Observed } from './ending.ts';
import { SideTeller } from './side-teller.ts';
import type { ReadHead, Side, Step, Story } from './story.ts';

const MAX_STEPS = 8;
/** A recorder reports the chunk and its frames with one time; a reader of text may lose a fraction. */
const SAME_MOMENT_MS = 1;
/** A head longer than this is not a head. */
const HEAD_LIMITS = { maxHeadBytes: 64 * 1024, maxHeaders: 500 };
/** Of bytes that are not a head, this many are kept. */
const MAX_KEPT_BYTES = 512;

const sideOf = (direction: Direction): Side => (direction === 'in' ? 'client' : 'server');

/** Collects what happens on one connection into its {@link Story}. */
export class StoryTeller {
  readonly #sides = { client: new SideTeller(), server: new SideTeller() };
  readonly #steps: Step[] = [];
  #request: ReadHead<RequestHead> = { kind: 'none' };
  #response: ReadHead<ResponseHead> = { kind: 'none' };
  #openedMs: number | undefined;
  #isOpenStream = false;
  #framesSeen = false;
  #chunksSeen = false;
  #messagesSeen = false;
  #lastByteMs: number | undefined;
  /** The time of the last byte before the latest chunk. */
  #byteBeforeMs: number | undefined;
  #framesSinceChunk = 0;
  #idleMs: number | undefined;
  #ended = false;
  #whole = true;
  #compressed = false;
  readonly #isExcerpt: boolean;

  /** @param isExcerpt whether these are bytes that somebody copied, and not a recording of a connection */
  constructor(isExcerpt = false) {
    this.#isExcerpt = isExcerpt;
  }

  take(observed: Observed): void {
    switch (observed.type) {
      case 'open':
        // A stream of HTTP/2 is told of once it is open.
        this.#isOpenStream = observed.http2 !== undefined;
        break;
      case 'chunk':
        this.#chunksSeen = true;
        this.#bytes(observed.direction, observed.byteLength, observed.timeMs);
        break;
      case 'handshake':
        this.#head(observed);
        break;
      case 'frame':
        this.#frame(observed);
        break;
      case 'message':
        this.#messagesSeen = true;
        this.#bytes(observed.direction, observed.byteLength, observed.timeMs);
        this.#sides[sideOf(observed.direction)].message(observed.byteLength);
        break;
      case 'dropped':
      case 'gap':
        this.gap();
        break;
      case 'tcp':
        this.#step(
          observed.how === 'unknown' ? 'TCP' : observed.how,
          observed.direction && sideOf(observed.direction),
          observed.timeMs,
        );
        break;
      case 'close':
        if (!this.#ended) this.#step('TCP', undefined, observed.timeMs);
    }
  }

  gap(): void {
    this.#whole = false;
    this.#sides.client.gap();
    this.#sides.server.gap();
  }

  get story(): Story {
    const { client, server } = this.#sides;
    const isOpen = this.#response.kind === 'head' && this.#response.head.httpStatus === 101;
    return {
      client: client.story,
      server: server.story,
      request: this.#request,
      response: this.#response,
      opened: isOpen || this.#isOpenStream || this.#framesSeen || this.#messagesSeen,
      openedMs: isOpen ? this.#openedMs : undefined,
      steps: [...this.#steps],
      idleMs: this.#idleMs,
      ended: this.#ended,
      whole: this.#whole,
      compressed: this.#compressed,
      isExcerpt: this.#isExcerpt,
      messagesOnly: this.#messagesSeen && !this.#framesSeen,
    };
  }

  #bytes(direction: Direction, byteLength: number, timeMs: number | undefined): void {
    this.#sides[sideOf(direction)].bytes(byteLength, timeMs);
    this.#byteBeforeMs = this.#lastByteMs;
    this.#lastByteMs = timeMs;
    this.#framesSinceChunk = 0;
  }

  #head({ direction, hex, timeMs, byteLength }: WireHandshake): void {
    const bytes = bytesOfHex(hex);
    this.#framesSinceChunk++;
    this.#sides[sideOf(direction)].head(byteLength);
    if (direction === 'in') {
      this.#request = readHead(bytes, parseRequestHead);
      return;
    }
    // A 100 or a 103 can stand before the response: the last head is the response.
    this.#response = readHead(bytes, parseResponseHead);
    if (this.#response.kind !== 'head') return;
    this.#openedMs = timeMs;
    const extensions = headerTokens(this.#response.head, 'Sec-WebSocket-Extensions');
    this.#compressed = extensions.some((extension) => /^permessage-deflate\b/i.test(extension));
  }

  #frame(frame: WireFrame): void {
    const { direction, opcode, timeMs, byteLength, offset } = frame;
    if (!this.#chunksSeen)
      this.#bytes(direction, Math.max(0, offset + byteLength - this.#sides[sideOf(direction)].byteLength), timeMs);
    this.#framesSeen = true;
    const side = sideOf(direction);
    const before = this.#sides[side].closeCount;
    this.#sides[side].frame(frame, this.#compressed);
    if (opcode === OPCODE.pong) this.#sides[side === 'client' ? 'server' : 'client'].pong(frame.payload.hex);
    if (this.#sides[side].closeCount > before) this.#step('close', side, timeMs);
    this.#framesSinceChunk++;
  }

  #step(kind: Step['kind'], side: Side | undefined, timeMs: number | undefined): void {
    if (this.#steps.length === 0) this.#idleMs = this.#silenceBefore(kind, timeMs);
    if (kind !== 'close') this.#ended = true;
    if (this.#steps.length < MAX_STEPS) this.#steps.push({ kind, side, timeMs });
  }

  #silenceBefore(kind: Step['kind'], timeMs: number | undefined): number | undefined {
    if (timeMs === undefined || this.#lastByteMs === undefined) return undefined;
    const isOwnChunk = kind === 'close' && this.#framesSinceChunk === 0 && timeMs - this.#lastByteMs <= SAME_MOMENT_MS;
    const lastByteMs = isOwnChunk ? this.#byteBeforeMs : this.#lastByteMs;
    return lastByteMs === undefined ? undefined : Math.max(0, timeMs - lastByteMs);
  }
}

function readHead<T>(
  bytes: Uint8Array,
  parse: (bytes: Uint8Array, limits: typeof HEAD_LIMITS) => HeadResult<T>,
): ReadHead<T> {
  const result = parse(bytes, HEAD_LIMITS);
  if (result.kind === 'complete') return { kind: 'head', head: result.head };
  const problem = result.kind === 'refused' ? result.refusal.sentence : 'The head does not end.';
  return { kind: 'other', bytes: bytes.slice(0, MAX_KEPT_BYTES), problem };
}
