import type { ServerLimits } from '../bounds/limits.ts';
import type { Log } from '../log.ts';
import { type Carrier, cut, wasReset } from './carrier.ts';
import type { FlushQueue } from './flush-queue.ts';
import { Outbox } from './outbox.ts';
import { type PieceSettings, Pieces, type PiecesOwner } from './pieces.ts';
import { MIN_MEASURED_BYTES, type Reader, type ReadTurns } from './read-turns.ts';
import { remoteOf } from './remote.ts';
import { shareReadBuffer } from './shared-reads.ts';
import { type SocketUser, useSocket } from './socket-user.ts';
import type { WireObserver } from './wire-observer.ts';

/** The layer above TCP, which uses the transport and gets its events. */
export interface TransportOwner {
  /** @param chunk the bytes of one read; the owner may overwrite them, until the call returns */
  receive(chunk: Uint8Array): void;
  /** The peer sends nothing more. May be called more than once. */
  receiveEnd(error: NodeJS.ErrnoException | undefined): void;
  /** The number of bytes that wait to be sent has changed. */
  unsentChanged(): void;
}

/** The memory that holds the bytes to send. */
export interface SendBuffers {
  /**
   * Called when the system has taken these bytes, so that their memory can be used again. Each byte that was written is
   * in one such range, except bytes that were not sent because TCP had ended, and short ranges that had to wait.
   */
  done(range: Uint8Array): void;
}

/**
 * In bytes. The transport reports a shorter range as done only if the system took it at once: a callback for a later time
 * costs more than the memory is worth.
 */
const MIN_CALLBACK_BYTES = 16 * 1024;

/** Empty, and lent to a connection from its first write to its flush: an echo needs no new one. */
const spareOutboxes: Outbox[] = [];

/** Objects that all connections of one path share. */
export interface TransportServices {
  readonly flushQueue: FlushQueue;
  readonly limits: Pick<ServerLimits, 'maxUnsentBytes'>;
  readonly log: Log | undefined;
  readonly memory: SendBuffers;
  /** Connections with much to read take turns here. */
  readonly readTurns: ReadTurns;
  /** If each read is processed in pieces, they wait here for their turn. Undefined: a read is processed at once. */
  readonly pieces: PieceSettings | undefined;
}

/**
 * One TCP connection, or one stream of HTTP/2, below the protocol. It reads chunks, writes everything that one read produced at once, stops reading
 * from a peer that does not read, and ends without losing the last bytes.
 */
export class Transport implements SocketUser, PiecesOwner, Reader {
  readonly #socket: Carrier;
  readonly #owner: TransportOwner;
  readonly #services: TransportServices;
  /** Records the bytes that are read and written, if somebody watches. */
  readonly observation: WireObserver | undefined;
  // The bytes that wait for a flush. Idle connections, which are most of them, have none.
  #outbox: Outbox | undefined;
  #outboxBytes = 0;
  #remote: string | undefined;
  // Whether written bytes wait for a later flush.
  #corked = false;
  #flushedInTurn = 0;
  #paused = false;
  #stopped = false;
  #ending = false;
  readonly #pieces: Pieces | undefined;

  /** @param socket accepted by an HTTP server, which turns off Nagle's algorithm by default; or a stream */
  constructor(
    socket: Carrier,
    owner: TransportOwner,
    services: TransportServices,
    observation: WireObserver | undefined,
  ) {
    this.#owner = owner;
    this.#services = services;
    this.observation = observation;
    this.#socket = socket;
    this.#pieces = services.pieces && new Pieces(this, services.pieces);
    // The HTTP server's timeout for the next request. If there is none, setTimeout(0) would only take memory.
    if ('timeout' in socket && socket.timeout) socket.setTimeout(0);
    useSocket(socket, this);
    shareReadBuffer(socket);
  }

  /** The peer's address, for the log. Looking it up costs a system call. */
  get remote(): string {
    return this.#remote ?? remoteOf(this.#socket);
  }

  /** How many bytes wait to be sent. */
  get unsentBytes(): number {
    return this.#outboxBytes + this.#socket.writableLength;
  }

  /** How many bytes wait until the system takes them. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  /** Whether reading is paused, because the peer reads too slowly. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Makes all writes wait for the next flush, so that they go out together. */
  cork(): void {
    this.#corked = true;
  }

  /** @param bytes sent without a copy: must not be changed before {@link SendBuffers.done} is called */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#outbox ??= spareOutboxes.pop() ?? new Outbox();
    this.#outbox.add(bytes);
    this.#outboxBytes += bytes.length;
    if (this.#corked) return;
    const { turn } = this.#services.flushQueue;
    // A broadcast sends one message to each of many connections: visiting them all again at the turn's end costs a tenth.
    if (turn !== this.#flushedInTurn) {
      this.#flushedInTurn = turn;
      this.flush();
      return;
    }
    this.#corked = true;
    this.#services.flushQueue.add(this);
  }

  flush(): void {
    this.#corked = false;
    const outbox = this.#outbox;
    if (outbox === undefined) return;
    const ranges = outbox.take();
    spareOutboxes.push(outbox);
    this.#outbox = undefined;
    this.#outboxBytes = 0;
    const socket = this.#socket;
    if (!socket.writable) return;
    const { limits, memory } = this.#services;
    this.observation?.chunk('out', ...ranges);
    if (ranges.length > 1) socket.cork();
    for (const range of ranges) {
      if (range.length < MIN_CALLBACK_BYTES) socket.write(range);
      // If TCP is gone, the system might still be reading the bytes: their memory is not used again.
      else socket.write(range, (error) => error ?? memory.done(range));
    }
    if (ranges.length > 1) socket.uncork();
    // The system takes all of it at once, unless the peer is slow to read.
    if (socket.writableLength > 0) this.#owner.unsentChanged();
    else for (const range of ranges) if (range.length < MIN_CALLBACK_BYTES) memory.done(range);
    if (!this.#ending && socket.writableNeedDrain && socket.writableLength > limits.maxUnsentBytes) {
      this.#paused = true;
      socket.pause();
    }
  }

  /** Ends TCP after everything written before has been sent. Bytes that still arrive are dropped. RFC 6455 §7.1.1. */
  end(): void {
    if (this.#ending) return;
    this.flush();
    this.#ending = true;
    // After both sides have ended, the system no longer knows the peer's address.
    if (this.#services.log !== undefined) this.#remote = this.remote;
    this.drained();
    if (!this.#socket.destroyed) this.observation?.ended?.('out', 'FIN');
    this.#socket.end();
  }

  /** Ends TCP at once. */
  destroy(): void {
    cut(this.#socket);
  }

  /** @param isSeen whether the observers have already seen the chunk */
  read(chunk: Uint8Array, isSeen = false): void {
    if (!isSeen) this.observation?.chunk('in', chunk);
    if (this.#pieces !== undefined) this.#pieces.push(chunk);
    else if (chunk.length < MIN_MEASURED_BYTES) this.deliver(chunk);
    else if (!this.#services.readTurns.measure(this, () => this.deliver(chunk))) this.stopReading();
  }

  deliver(chunk: Uint8Array): void {
    try {
      // Keep reading after the end: unread bytes turn the close into a reset, which can overtake the close frame.
      if (this.#ending) return;
      this.#corked = true;
      this.#owner.receive(chunk);
      this.flush();
    } catch (error) {
      // No bytes from a peer should cause an error here. If one does, it ends this connection and no other.
      this.#services.log?.(
        'own-mistake',
        `a mistake of this server's own: ${error instanceof Error ? error.stack : error}`,
      );
      cut(this.#socket);
    }
  }

  stopReading(): void {
    this.#stopped = true;
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#stopped = false;
    if (!this.#paused) this.#socket.resume();
  }

  drained(): void {
    this.#owner.unsentChanged();
    if (!this.#paused) return;
    this.#paused = false;
    if (this.#stopped) this.#pieces?.drained();
    else this.#socket.resume();
  }

  ended(): void {
    // A stream of HTTP/2 that is reset also ends.
    this.observation?.ended?.('in', wasReset(this.#socket) ? 'RST' : 'FIN');
    this.#owner.receiveEnd(undefined);
    this.end();
  }

  failed(): void {}

  closed(): void {
    if (wasReset(this.#socket)) this.observation?.ended?.('in', 'RST');
    this.#pieces?.end();
    this.#owner.receiveEnd(this.#socket.errored ?? undefined);
  }
}
