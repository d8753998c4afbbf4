import { GrowingBytes } from '../../bytes/growing-bytes.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { HEADER_LENGTHS, MAX_HEADER_LENGTH, MIN_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { findEndOfHead } from '../../protocol/handshake/head/end-of-head.ts';
import { beginsWithFrames } from '../wire/begins-with-frames.ts';
import { switchesProtocols } from '../wire/head-recorder.ts';
import type { Direction } from '../wire/wire.ts';
import type { TrafficEvent } from './traffic.ts';

/** Takes each frame of a recording, from its header alone. */
export type TakeRow = (
  connection: number,
  direction: Direction,
  timeMs: number | undefined,
  /** Of the frame, counting every byte of its direction. */
  offset: number,
  /** FIN, RSV1 to RSV3 and the opcode. */
  firstByte: number,
  isMasked: boolean,
  payloadLength: number,
) => void;

/** In bytes. As an observer, it does not look at longer heads, nor at more bytes before the response. */
const MAX_WAITING_BYTES = 64 * 1024;

interface Followed {
  readonly in: DirectionList;
  readonly out: DirectionList;
}

/**
 * Lists the frames of a recording without explaining them: in a tenth of the time, and without an object for each. The frames
 * are those that a `TrafficExplainer` explains; each is told when its header is complete. Rules are not checked.
 */
export class FrameList {
  readonly #take: TakeRow;
  readonly #followed = new Map<number, Followed>();

  constructor(take: TakeRow) {
    this.#take = take;
  }

  take(event: TrafficEvent): void {
    switch (event.kind) {
      case 'open': {
        const { connection, begins } = event;
        const followed = {
          in: new DirectionList(connection, 'in', this.#take),
          out: new DirectionList(connection, 'out', this.#take),
        };
        if (begins !== undefined)
          for (const list of [followed.in, followed.out]) list.beginWithoutHead(begins === 'frames');
        this.#followed.set(connection, followed);
        return;
      }
      case 'bytes': {
        const followed = this.#followed.get(event.connection);
        if (followed === undefined) return;
        if (event.direction === 'in') followed.in.push(event.bytes, event.timeMs);
        else {
          followed.out.push(event.bytes, event.timeMs);
          this.#decide(followed, event.timeMs);
        }
        return;
      }
      case 'gap': {
        const followed = this.#followed.get(event.connection);
        followed?.[event.direction].gap(event.byteLength);
        if (followed !== undefined) this.#decide(followed, event.timeMs);
      }
    }
  }

  /** Frames follow a response of status 101, in both directions. */
  #decide({ in: client, out: server }: Followed, timeMs: number | undefined): void {
    const { head } = server;
    if (head === undefined || client.isDecided) return;
    const framesFollow = switchesProtocols(head);
    client.decide(framesFollow, timeMs);
    server.decide(framesFollow, timeMs);
  }
}

/** Finds the frames of one direction. */
class DirectionList {
  readonly #connection: number;
  readonly #direction: Direction;
  readonly #take: TakeRow;
  readonly #waiting = new GrowingBytes();
  readonly #header = new Uint8Array(MAX_HEADER_LENGTH);
  #headerLength = 0;
  /** How much of the frame's payload is still to come. */
  #left = 0;
  #offset = 0;
  #framesFollow: boolean | undefined;
  #hasHead = false;
  #isLost = false;
  head: Uint8Array | undefined;

  constructor(connection: number, direction: Direction, take: TakeRow) {
    this.#connection = connection;
    this.#direction = direction;
    this.#take = take;
  }

  get isDecided(): boolean {
    return this.#framesFollow !== undefined;
  }

  beginWithoutHead(isAligned: boolean): void {
    this.#hasHead = true;
    this.#framesFollow = true;
    this.#isLost = !isAligned;
  }

  push(bytes: Uint8Array, timeMs: number | undefined): void {
    const offset = this.#offset;
    this.#offset += bytes.length;
    if (this.#isLost) {
      if (!this.#framesFollow || !beginsWithFrames(bytes, this.#direction === 'in' ? 'client' : 'server')) return;
      this.#isLost = false;
    }
    if (this.#hasHead && this.#framesFollow !== undefined) {
      if (this.#framesFollow) this.#frames(bytes, offset, timeMs);
      return;
    }
    const before = this.#waiting.length;
    if (before + bytes.length <= MAX_WAITING_BYTES) this.#waiting.append(bytes);
    if (this.#hasHead) return;
    const end = findEndOfHead(this.#waiting.peek(), before);
    if (end === -1) return;
    const arrived = this.#waiting.peek().slice();
    this.#waiting.discard();
    this.head = arrived.subarray(0, end);
    this.#hasHead = true;
    if (end < arrived.length) this.#waiting.append(arrived.subarray(end));
  }

  decide(framesFollow: boolean, timeMs: number | undefined): void {
    this.#framesFollow = framesFollow;
    const waiting = this.#waiting.peek().slice();
    this.#waiting.discard();
    if (framesFollow && !this.#isLost && waiting.length > 0)
      this.#frames(waiting, this.#offset - waiting.length, timeMs);
  }

  gap(byteLength: number | undefined): void {
    this.#offset += byteLength ?? 0;
    if (byteLength !== undefined && !this.#isLost && this.#headerLength === 0 && byteLength <= this.#left) {
      this.#left -= byteLength;
      return;
    }
    if (!this.#hasHead && this.#waiting.length > 0) this.head = this.#waiting.peek().slice();
    this.#waiting.discard();
    this.#hasHead = true;
    this.#isLost = true;
    this.#left = 0;
    this.#headerLength = 0;
  }

  #frames(bytes: Uint8Array, offset: number, timeMs: number | undefined): void {
    const { length } = bytes;
    let at = 0;
    while (at < length) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, length - at);
        this.#left -= taken;
        at += taken;
        continue;
      }
      // Nearly every header is whole.
      if (this.#headerLength === 0 && length - at >= MIN_HEADER_LENGTH) {
        const second = bytes[at + 1] as number;
        const headerLength = HEADER_LENGTHS[second] as number;
        const short = second & 0x7f;
        if (length - at >= headerLength) {
          const payloadLength = short < 126 ? short : (decodeHeader(bytes, at)?.payloadLength ?? 0);
          const start = offset + at;
          this.#take(
            this.#connection,
            this.#direction,
            timeMs,
            start,
            bytes[at] as number,
            second > 127,
            payloadLength,
          );
          this.#left = payloadLength;
          at += headerLength;
          continue;
        }
      }
      this.#header[this.#headerLength++] = bytes[at++] as number;
      const header = decodeHeader(this.#header.subarray(0, this.#headerLength));
      if (header === undefined) continue;
      const start = offset + at - this.#headerLength;
      const { masked, payloadLength } = header;
      this.#take(this.#connection, this.#direction, timeMs, start, this.#header[0] as number, masked, payloadLength);
      this.#left = payloadLength;
      this.#headerLength = 0;
    }
  }
}
