import { MAX_SHOWN_BYTES } from '../../src/inspector/frame/frame-dump.ts';
import { ConnectionObserver, type ObservedClose, type ObserverOptions } from '../../src/inspector/wire/observer.ts';
import type { Direction, WireMessage } from '../../src/inspector/wire/wire.ts';
import type { MemoryBudget, MemoryHolder } from '../bounds/memory-budget.ts';
import type { Turns, Worker } from '../bounds/turns.ts';
import { plainBytes } from '../socket/plain-bytes.ts';
import type { WireObserver } from '../socket/wire-observer.ts';
import type { TimedChunk } from './request-bytes.ts';

/** Takes what is seen of a connection. */
export interface Audience {
  /** Whether anybody watches: where nobody does, no byte is looked at. */
  readonly watching: boolean;
  tell(connection: number, messages: readonly WireMessage[]): void;
  /** The connection has ended: it tells no more. */
  leave(connection: number): void;
}

export interface ObservationServices {
  readonly budget: MemoryBudget;
  readonly turns: Turns;
  /** How many bytes may wait to be explained: past it, the oldest are counted only. */
  readonly maxWaitingBytes?: number;
}

/** What one read delivered or one write took, as far as it is not explained. */
interface Seen {
  readonly byteLength: number;
  /** Explains a frame when it is asked for the next message. */
  readonly messages: Iterator<WireMessage, void, undefined>;
}

/** What is done in one go, in the turns' own measure: others who wait come after it. */
const COST_OF_PIECE = 16;
/** To put this many bytes of a frame into hex costs as much as to explain a short frame. */
const BYTES_PER_COST = 8 * 1024;
/** Past this, the oldest is not explained: its messages are counted, and the count is told. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Looks at one connection's bytes as they stand on the wire, for those who watch it.
 *
 * To explain a frame takes a hundred times as long as to echo it. So a flood waits here, and is explained piece by piece as
 * the turns of the event loop have time for it: nobody is slowed down, the watched connection neither.
 */
export class Observation implements WireObserver, Worker, MemoryHolder {
  readonly #audience: Audience;
  readonly #services: ObservationServices;
  readonly #connection: number;
  readonly #acceptedAtMs: number;
  #observer: ConnectionObserver | undefined;
  #waiting: Seen[] = [];
  #waitingBytes = 0;
  #queued = false;
  #skipped = 0;
  #close: { readonly timeMs: number; readonly close: ObservedClose } | undefined;

  constructor(audience: Audience, services: ObservationServices, acceptedAtMs: number, options: ObserverOptions) {
    this.#audience = audience;
    this.#services = services;
    this.#connection = options.connection;
    this.#acceptedAtMs = acceptedAtMs;
    this.#observer = new ConnectionObserver(options);
  }

  /** The connection's first bytes, which came before anybody knew what it is. */
  open(chunks: readonly TimedChunk[]): void {
    this.#tell(this.#observer?.open(0) ?? []);
    for (const { bytes, timeMs } of chunks) this.#see('in', bytes, this.#sinceAccepted(timeMs));
  }

  /** @param ranges what one read delivered or one write takes; left as they are */
  chunk(direction: Direction, ...ranges: readonly Uint8Array[]): void {
    const [first] = ranges;
    const bytes = ranges.length === 1 && first !== undefined ? withoutNode(first) : plainBytes(Buffer.concat(ranges));
    this.#see(direction, bytes, this.#timeMs);
  }

  close(close: ObservedClose): void {
    this.#close = { timeMs: this.#timeMs, close };
    if (this.#waiting.length === 0) this.#finish();
  }

  /** Explains a piece of what waits. */
  work(): boolean {
    this.#tellSkipped();
    const [first] = this.#waiting;
    if (first !== undefined && this.#explain(first)) {
      this.#waiting.shift();
      this.#waitingBytes -= first.byteLength;
    }
    this.#count();
    this.#queued = this.#waiting.length > 0;
    if (!this.#queued && this.#close !== undefined) this.#finish();
    return this.#queued;
  }

  /** What waits is counted, and not explained. */
  giveUp(): void {
    while (this.#waiting.length > 0) this.#skipFirst();
  }

  #see(direction: Direction, bytes: Uint8Array, timeMs: number): void {
    const observer = this.#observer;
    if (observer === undefined) return;
    // Nobody can join in the middle: where a frame begins is known only from the first byte on.
    if (!this.#audience.watching) {
      this.#end();
      return;
    }
    // A copy: the connection uses its own memory again, and some of this may have to wait.
    const messages = observer.messagesOf(direction, bytes.slice(), timeMs);
    const seen = { byteLength: bytes.length, messages };
    let explained = false;
    while (!explained && !this.#queued && this.#services.turns.hasRoom) explained = this.#explain(seen);
    if (!explained && this.#observer !== undefined) this.#wait(seen);
    this.#count();
  }

  #wait(seen: Seen): void {
    const { maxWaitingBytes = MAX_WAITING_BYTES } = this.#services;
    while (this.#waiting.length > 0 && this.#waitingBytes + seen.byteLength > maxWaitingBytes) this.#skipFirst();
    this.#waiting.push(seen);
    this.#waitingBytes += seen.byteLength;
    if (this.#queued) return;
    this.#queued = true;
    this.#services.turns.queue(this);
  }

  /** Explains a piece. @returns whether it was the last */
  #explain({ messages }: Seen): boolean {
    const piece: WireMessage[] = [];
    let cost = 0;
    let next = messages.next();
    for (; next.done !== true; next = messages.next()) {
      piece.push(next.value);
      cost += costOf(next.value);
      if (cost >= COST_OF_PIECE) break;
    }
    this.#services.turns.spend(cost);
    this.#tell(piece);
    return next.done === true;
  }

  #skipFirst(): void {
    const { byteLength, messages } = this.#waiting.shift() as Seen;
    this.#waitingBytes -= byteLength;
    if (this.#observer === undefined) return;
    this.#observer.explains = false;
    while (messages.next().done !== true) this.#skipped++;
    this.#observer.explains = true;
  }

  #tellSkipped(): void {
    if (this.#skipped > 0) {
      this.#tell([{ type: 'dropped', connection: this.#connection, messages: this.#skipped }]);
    }
    this.#skipped = 0;
  }

  #finish(): void {
    this.#tellSkipped();
    if (this.#close !== undefined) this.#tell(this.#observer?.close(this.#close.timeMs, this.#close.close) ?? []);
    this.#end();
  }

  #tell(messages: readonly WireMessage[]): void {
    if (this.#observer === undefined || messages.length === 0) return;
    if (this.#audience.watching) this.#audience.tell(this.#connection, messages);
    else this.#end();
  }

  #end(): void {
    if (this.#observer === undefined) return;
    this.#observer = undefined;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#count();
    this.#audience.leave(this.#connection);
  }

  #count(): void {
    this.#services.budget.hold(this, this.#waitingBytes + (this.#observer?.heldBytes ?? 0));
  }

  get #timeMs(): number {
    return this.#sinceAccepted(performance.now());
  }

  /** To the microsecond: more digits than the clock has would only be noise. */
  #sinceAccepted(atMs: number): number {
    return Math.round((atMs - this.#acceptedAtMs) * 1000) / 1000;
  }
}

/** As how many short frames it takes to explain. */
function costOf(message: WireMessage): number {
  if (message.type !== 'frame') return 0.25;
  return 1 + Math.min(message.byteLength, MAX_SHOWN_BYTES) / BYTES_PER_COST;
}

/** What is written comes as a Buffer: a masked frame would be unmasked on its way to the socket. */
function withoutNode(bytes: Uint8Array): Uint8Array {
  return Buffer.isBuffer(bytes) ? plainBytes(bytes) : bytes;
}
