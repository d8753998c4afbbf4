import type { Socket } from 'node:net';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Turns } from '../bounds/turns.ts';
import type { Log } from '../log.ts';
import type { FlushQueue } from './flush-queue.ts';
import { joinNeighbors } from './outbox.ts';
import { Pieces, type PiecesOwner } from './pieces.ts';
import { remoteOf } from './remote.ts';
import { shareReadBuffer } from './shared-reads.ts';
import { type SocketUser, useSocket } from './socket-user.ts';
import type { WireObserver } from './wire-observer.ts';

/** What stands above TCP and is told of it. */
export interface TransportOwner {
  /** @param chunk what one read delivered; the owner's to write over, until the call returns */
  receive(chunk: Uint8Array): void;
  /** The peer sends nothing more; told once or more. */
  receiveEnd(error: NodeJS.ErrnoException | undefined): void;
  /** The number of bytes that wait to be sent has changed. */
  unsentChanged(): void;
}

/** The memory that holds the bytes to send. */
export interface SendBuffers {
  /**
   * Called when the system has taken these bytes, so that their memory can be used again. Each byte that was written is
   * in one such range, with two exceptions: bytes that were not sent because TCP had ended, and short ranges that had to wait.
   */
  done(range: Uint8Array): void;
}

/**
 * In bytes. The transport reports a shorter range as done only if the system took it at once: a callback for a later time
 * costs more than the memory is worth.
 */
const MIN_CALLBACK_BYTES = 16 * 1024;

const NOTHING: Uint8Array<ArrayBuffer>[] = [];

/** What all connections of one path share. */
export interface TransportServices {
  readonly flushQueue: FlushQueue;
  readonly limits: Pick<ServerLimits, 'maxUnsentBytes'>;
  readonly log: Log | undefined;
  readonly memory: SendBuffers;
  /** Where each read is dealt with in pieces: whose time it takes. Undefined: it is dealt with at once. */
  readonly turns: Turns | undefined;
}

/**
 * One TCP connection below the protocol: reads chunks, writes all that one read produced in one go,
 * stops reading from a peer that does not read, and ends without losing the last bytes.
 */
export class Transport implements SocketUser, PiecesOwner {
  readonly #socket: Socket;
  readonly #owner: TransportOwner;
  readonly #services: TransportServices;
  /** Records what is read and written, where somebody watches. */
  readonly observation: WireObserver | undefined;
  // What waits for a flush. Most connections are idle, and share one that is empty.
  #outbox: Uint8Array<ArrayBuffer>[] = NOTHING;
  #outboxBytes = 0;
  #remote: string | undefined;
  // Whether what is written waits for a flush that is to come.
  #gathers = false;
  #flushedInTurn = 0;
  #paused = false;
  #stopped = false;
  #ending = false;
  readonly #pieces: Pieces | undefined;

  /** @param socket accepted by an HTTP server, which has turned Nagle's algorithm off: it does so unless told otherwise */
  constructor(
    socket: Socket,
    owner: TransportOwner,
    services: TransportServices,
    observation: WireObserver | undefined,
  ) {
    this.#owner = owner;
    this.#services = services;
    this.observation = observation;
    this.#socket = socket;
    this.#pieces = services.turns && new Pieces(this, services.turns);
    // The HTTP server's, for the next request. To set none would take memory.
    if (socket.timeout) socket.setTimeout(0);
    useSocket(socket, this);
    shareReadBuffer(socket);
  }

  /** Who is at the other end, for the log: to look it up costs a system call. */
  get remote(): string {
    return this.#remote ?? remoteOf(this.#socket);
  }

  /** How many bytes wait to be sent. */
  get unsentBytes(): number {
    return this.#outboxBytes + this.#socket.writableLength;
  }

  /** How many bytes the system has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  /** Whether the peer reads so slowly that nothing is read from it. */
  get paused(): boolean {
    return this.#paused;
  }

  /** From now on what is written waits for the next flush, so that it goes out in one go. */
  gather(): void {
    this.#gathers = true;
  }

  /** @param bytes sent from where they lie: must not be changed before {@link SendBuffers.done} is called */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#outboxBytes === 0) this.#outbox = [bytes];
    else this.#outbox.push(bytes);
    this.#outboxBytes += bytes.length;
    if (this.#gathers) return;
    const { turn } = this.#services.flushQueue;
    // A broadcast has one message for each of many: to visit them all again at the turn's end would cost a tenth.
    if (turn !== this.#flushedInTurn) {
      this.#flushedInTurn = turn;
      this.flush();
      return;
    }
    this.#gathers = true;
    this.#services.flushQueue.add(this);
  }

  flush(): void {
    this.#gathers = false;
    if (this.#outboxBytes === 0) return;
    const ranges = joinNeighbors(this.#outbox);
    this.#outbox = NOTHING;
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

  /** Ends TCP after all that was written before; what still arrives is dropped. RFC 6455 §7.1.1. */
  end(): void {
    if (this.#ending) return;
    this.flush();
    this.#ending = true;
    // Once both sides have ended, the system does not know any more who the peer was.
    if (this.#services.log !== undefined) this.#remote = this.remote;
    this.drained();
    this.#socket.end();
  }

  /** Ends TCP at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** @param isSeen whether those who watch have seen it already */
  read(chunk: Uint8Array, isSeen = false): void {
    if (!isSeen) this.observation?.chunk('in', chunk);
    if (this.#pieces === undefined) this.give(chunk);
    else this.#pieces.push(chunk);
  }

  give(chunk: Uint8Array): void {
    try {
      // Read on after the end, or unread bytes turn the close into a reset that may overtake the close frame.
      if (this.#ending) return;
      this.#gathers = true;
      this.#owner.receive(chunk);
      this.flush();
    } catch (error) {
      // Whatever the peer sent must not throw; where it does, that is this connection's end and nobody else's.
      this.#services.log?.(
        'own-mistake',
        `a mistake of this server's own: ${error instanceof Error ? error.stack : error}`,
      );
      this.#socket.destroy();
    }
  }

  stopReading(): void {
    this.#stopped = true;
    this.#socket.pause();
  }

  goOn(): void {
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
    this.#owner.receiveEnd(undefined);
    this.end();
  }

  failed(): void {}

  closed(): void {
    this.#pieces?.end();
    this.#owner.receiveEnd(this.#socket.errored ?? undefined);
  }
}
