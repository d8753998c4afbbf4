import { ACK, FIN, RST, type Segment, SYN } from './link-layer.ts';

/** One of the two ends of a TCP connection: 0 is the one that sent the first captured segment. */
export type Side = 0 | 1;

/** Takes the two streams of bytes of one connection, in the order in which they were captured. */
export interface StreamTaker {
  /** @param bytes not changed later */
  bytes(side: Side, bytes: Uint8Array, timeMs: number): void;
  /** @param byteLength undefined if nobody can know how many are missing: the capture begins in the middle */
  gap(side: Side, byteLength: number | undefined, timeMs: number): void;
  end(side: Side, how: 'FIN' | 'RST', timeMs: number): void;
  /** The side opened the connection, as its SYN shows. */
  opened(by: Side): void;
}

/** A segment that waits for others before it, which may come later or be lost. */
interface HeldSegment {
  readonly side: Side;
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** How many bytes it had on the wire. */
  readonly byteLength: number;
  readonly flags: number;
  readonly timeMs: number;
}

interface SideState {
  /** The sequence number of the next byte; undefined before the first segment. */
  next: number | undefined;
  initial: number | undefined;
  /** Up to where the other side has acknowledged. */
  acknowledged: number | undefined;
  hasEnded: boolean;
}

/** How long segments wait for one before them. After that it counts as lost by the capture. */
const MAX_HELD_SEGMENTS = 1024;
const MAX_HELD_BYTES = 4 * 1024 * 1024;
/** If the receiver has acknowledged the missing bytes, they were sent, and only the capture lacks them. */
const MAX_ACKNOWLEDGED_MS = 1000;
const MAX_ACKNOWLEDGED_SEGMENTS = 64;

/** How far `a` is after `b`, in a space of 32 bits that wraps. RFC 9293 §3.4. */
function distance(a: number, b: number): number {
  return (a - b) | 0;
}

/**
 * Puts the bytes of one TCP connection in order: segments may come late, twice, overlapping, cut by the capture, or not at
 * all. RFC 9293 §3.4. While bytes of one side are missing, the other side waits too, so that the order of events is kept.
 */
export class TcpConnection {
  readonly #taker: StreamTaker;
  readonly #sides: readonly [SideState, SideState] = [newSide(), newSide()];
  #held: HeldSegment[] = [];
  #heldBytes = 0;
  #lastMs = 0;

  constructor(taker: StreamTaker) {
    this.#taker = taker;
  }

  /** Whether both sides have ended, so that a new SYN opens a new connection. */
  get hasEnded(): boolean {
    const [first, second] = this.#sides;
    return first.hasEnded && second.hasEnded;
  }

  /** Whether this SYN belongs to another connection than this one. */
  isNew({ flags, sequence }: Segment, side: Side): boolean {
    const { initial, next } = this.#sides[side];
    if ((flags & SYN) === 0) return false;
    return initial === undefined ? next !== undefined : initial !== sequence;
  }

  /** @param payload what was captured of it: copied if it has to wait or is handed on */
  take(side: Side, segment: Segment, payload: Uint8Array, timeMs: number): void {
    const { flags, sequence, acknowledgment } = segment;
    const state = this.#sides[side];
    const other = this.#sides[1 - side] as SideState;
    this.#lastMs = timeMs;
    if ((flags & SYN) !== 0) {
      if (state.initial === undefined) {
        state.initial = sequence;
        state.next = (sequence + 1) >>> 0;
        this.#taker.opened((flags & ACK) === 0 ? side : ((1 - side) as Side));
      }
      return;
    }
    if ((flags & ACK) !== 0 && (other.acknowledged === undefined || distance(acknowledgment, other.acknowledged) > 0)) {
      other.acknowledged = acknowledgment;
    }
    const byteLength = segment.end - segment.start;
    if (byteLength === 0 && (flags & (FIN | RST)) === 0) return;
    if (state.next === undefined) {
      // The capture has no SYN of this side: it began after that.
      state.next = sequence;
      if (byteLength > 0) this.#taker.gap(side, undefined, timeMs);
    }
    const held: HeldSegment = { side, sequence, bytes: payload, byteLength, flags, timeMs };
    if (this.#held.length === 0 && this.#isNext(held)) {
      this.#deliver({ ...held, bytes: payload.slice() });
      return;
    }
    this.#held.push({ ...held, bytes: payload.slice() });
    this.#heldBytes += payload.length;
    this.#drain();
    while (this.#held.length > 0 && this.#hasWaitedLong()) this.#skipGap();
  }

  /** The capture has ended: what is still missing is lost. */
  finish(): void {
    while (this.#held.length > 0) this.#skipGap();
    for (const side of [0, 1] as const) {
      const { next, acknowledged, hasEnded } = this.#sides[side];
      if (next === undefined || acknowledged === undefined || hasEnded) continue;
      const missing = distance(acknowledged, next);
      // One number more can be that of a FIN.
      if (missing > 1) this.#taker.gap(side, missing, this.#lastMs);
    }
  }

  #isNext({ side, sequence, flags }: HeldSegment): boolean {
    const { next } = this.#sides[side];
    return next === undefined || (flags & RST) !== 0 || distance(sequence, next) <= 0;
  }

  #deliver({ side, sequence, bytes, byteLength, flags, timeMs }: HeldSegment): void {
    const state = this.#sides[side];
    if ((flags & RST) !== 0) {
      if (!state.hasEnded) this.#taker.end(side, 'RST', timeMs);
      for (const each of this.#sides) each.hasEnded = true;
      return;
    }
    const next = state.next ?? sequence;
    // What has come before is the same again.
    const known = -distance(sequence, next);
    if (known < byteLength && byteLength > 0) {
      const fresh = bytes.subarray(known);
      if (fresh.length > 0) this.#taker.bytes(side, fresh, timeMs);
      const cut = byteLength - Math.max(known, bytes.length);
      if (cut > 0) this.#taker.gap(side, cut, timeMs);
      state.next = (sequence + byteLength) >>> 0;
    }
    if ((flags & FIN) === 0 || state.hasEnded || distance((sequence + byteLength) >>> 0, state.next ?? 0) < 0) return;
    state.hasEnded = true;
    state.next = (sequence + byteLength + 1) >>> 0;
    this.#taker.end(side, 'FIN', timeMs);
  }

  /** Hands on whatever has become next. Segments of a side that are out of order among themselves fill their own gaps. */
  #drain(): void {
    for (;;) {
      const [first] = this.#held;
      if (first === undefined) return;
      const index = this.#isNext(first)
        ? 0
        : this.#held.findIndex((held) => held.side === first.side && this.#isNext(held));
      if (index < 0) return;
      const [held] = this.#held.splice(index, 1);
      if (held === undefined) return;
      this.#heldBytes -= held.bytes.length;
      this.#deliver(held);
    }
  }

  #hasWaitedLong(): boolean {
    const [first] = this.#held;
    if (first === undefined) return false;
    if (this.#held.length > MAX_HELD_SEGMENTS || this.#heldBytes > MAX_HELD_BYTES) return true;
    const { acknowledged } = this.#sides[first.side];
    const isAcknowledged = acknowledged !== undefined && distance(acknowledged, first.sequence) >= 0;
    return (
      isAcknowledged &&
      (this.#held.length > MAX_ACKNOWLEDGED_SEGMENTS || this.#lastMs - first.timeMs > MAX_ACKNOWLEDGED_MS)
    );
  }

  /** Gives up the bytes before the first segment that waits; or before the earliest of its side. */
  #skipGap(): void {
    const [first] = this.#held;
    if (first === undefined) return;
    const state = this.#sides[first.side];
    const next = state.next ?? first.sequence;
    let nearest = first;
    for (const held of this.#held) {
      if (held.side === first.side && distance(held.sequence, nearest.sequence) < 0) nearest = held;
    }
    const missing = distance(nearest.sequence, next);
    if (missing > 0) {
      this.#taker.gap(first.side, missing, nearest.timeMs);
      state.next = nearest.sequence;
    }
    this.#drain();
  }
}

function newSide(): SideState {
  return { next: undefined, initial: undefined, acknowledged: undefined, hasEnded: false };
}
