import {
  ConnectionObserver,
  createEndingFinder,
  type Direction,
  type EndingFinder,
  MAX_SHOWN_BYTES,
  type ObservedClose,
  type ObserverOptions,
  readDeflateAgreement,
  type TcpEnd,
  type WireMessage,
  type WireStream,
  watchAnswer,
} from '../../src/inspector/index.ts';
import type { MemoryBudget, MemoryHolder } from '../bounds/memory-budget.ts';
import type { Turns, Worker } from '../bounds/turns.ts';
import { plainBytes } from '../socket/plain-bytes.ts';
import type { WireObserver } from '../socket/wire-observer.ts';
import type { TimedChunk } from './request-bytes.ts';

/** Receives the observations of a connection. */
export interface Audience {
  /** Whether anybody watches. If not, no byte is examined. */
  readonly watching: boolean;
  tell(connection: number, messages: readonly WireMessage[]): void;
  /** The connection has ended. Nothing more follows. */
  leave(connection: number): void;
}

export interface ObservationServices {
  readonly budget: MemoryBudget;
  readonly turns: Turns;
  /** The number of bytes that may wait to be explained. Beyond it, the oldest are only counted. */
  readonly maxWaitingBytes?: number;
}

/** The bytes of one read or write that are not explained yet. */
interface Seen {
  readonly byteLength: number;
  /** Explains the next frame when the next message is requested. */
  readonly messages: Iterator<WireMessage, void, undefined>;
}

interface TimedClose {
  readonly timeMs: number;
  readonly close: ObservedClose;
}

/** The cost of one piece, in the unit of {@link Turns}. Other workers come before the next piece. */
const COST_OF_PIECE = 16;
/** Formatting this many bytes in hex costs as much as explaining a short frame. */
const BYTES_PER_COST = 8 * 1024;
/** Inflating this many bytes costs as much, blocks and codes included. */
const INFLATED_BYTES_PER_COST = 2 * 1024;
/** FIN and RST of each direction. */
const MAX_TCP_ENDS = 4;
/** Beyond this, the oldest bytes are not explained. Their messages are counted and the count is reported. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * Examines the bytes of one connection as they are on the wire, for its watchers.
 *
 * Explaining a frame takes a hundred times as long as echoing it. So a flood waits here and is explained piece by piece
 * as the event loop has time. That slows down no connection, not even the watched one.
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
  #close: TimedClose | undefined;
  readonly #finder: EndingFinder;
  /** The ends of TCP wait until the bytes before them are explained. */
  readonly #tcpEnds: TcpEnd[] = [];

  constructor(audience: Audience, services: ObservationServices, acceptedAtMs: number, options: ObserverOptions) {
    this.#audience = audience;
    this.#services = services;
    this.#connection = options.connection;
    this.#acceptedAtMs = acceptedAtMs;
    this.#finder = createEndingFinder(options.connection);
    this.#observer = new ConnectionObserver({ readAgreement: readDeflateAgreement, ...options });
  }

  /** Reports the first bytes of the connection, which came before its request was understood. */
  open(chunks: readonly TimedChunk[]): void {
    this.#tell(this.#observer?.open(0) ?? []);
    for (const { bytes, timeMs } of chunks) this.#see('in', bytes, this.#sinceAccepted(timeMs));
  }

  /** Reports a stream of HTTP/2, which frames follow from its first byte on. */
  openStream(http2: WireStream): void {
    const [, extensions] = http2.response.find(([name]) => name === 'sec-websocket-extensions') ?? [];
    this.#tell(this.#observer?.open(0, http2) ?? []);
    this.#observer?.beginWithFrames(extensions === undefined ? undefined : watchAnswer(extensions));
  }

  /** @param ranges the bytes of one read or write; not changed */
  chunk(direction: Direction, ...ranges: readonly Uint8Array[]): void {
    const [first] = ranges;
    const bytes = ranges.length === 1 && first !== undefined ? withoutNode(first) : plainBytes(Buffer.concat(ranges));
    this.#see(direction, bytes, this.#timeMs);
  }

  ended(direction: Direction, how: 'FIN' | 'RST'): void {
    // Each direction ends once; a reset can follow a FIN.
    if (this.#tcpEnds.length >= MAX_TCP_ENDS) return;
    this.#tcpEnds.push({ type: 'tcp', connection: this.#connection, direction, timeMs: this.#timeMs, how });
  }

  close(close: ObservedClose): void {
    this.#close = { timeMs: this.#timeMs, close };
    if (this.#waiting.length === 0) this.#finish();
  }

  /** Explains one piece of the waiting bytes. */
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

  /** Counts the waiting bytes instead of explaining them. */
  giveUp(): void {
    while (this.#waiting.length > 0) this.#skipFirst();
  }

  #see(direction: Direction, bytes: Uint8Array, timeMs: number): void {
    const observer = this.#observer;
    if (observer === undefined) return;
    // A watcher cannot join in the middle: only from the first byte on is it known where a frame begins.
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
    if (this.#close !== undefined) this.#tellEnd(this.#close);
    this.#end();
  }

  #tellEnd({ timeMs, close }: TimedClose): void {
    const messages = this.#observer?.close(timeMs, close) ?? [];
    for (const end of this.#tcpEnds) this.#finder.take(end);
    this.#tell(messages);
    this.#tell([this.#finder.ending()]);
  }

  #tell(messages: readonly WireMessage[]): void {
    if (this.#observer === undefined || messages.length === 0) return;
    for (const message of messages) this.#finder.take(message);
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

  /** Rounded to microseconds, the precision of the clock. */
  #sinceAccepted(atMs: number): number {
    return Math.round((atMs - this.#acceptedAtMs) * 1000) / 1000;
  }
}

/** The cost of explaining a message, in short frames. */
function costOf(message: WireMessage): number {
  if (message.type !== 'frame') return 0.25;
  const { byteLength, inflated } = message;
  const inflating = (inflated?.byteLength ?? 0) / INFLATED_BYTES_PER_COST;
  return 1 + Math.min(byteLength, MAX_SHOWN_BYTES) / BYTES_PER_COST + inflating;
}

/**
 * Written bytes may come as a Buffer. Copies them, so that unmasking for display cannot change what the socket sends.
 */
function withoutNode(bytes: Uint8Array): Uint8Array {
  return Buffer.isBuffer(bytes) ? plainBytes(bytes) : bytes;
}
