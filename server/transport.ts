import type { Socket } from 'node:net';
import type { FlushQueue } from './flush-queue.ts';
import type { ServerLimits } from './limits.ts';
import type { Log } from './log.ts';
import { Outbox } from './outbox.ts';
import { readIntoOneBuffer } from './read-buffer.ts';
import type { Observation } from './tap/observation.ts';

/** What stands above TCP and is told of it. */
export interface TransportOwner {
  /** @param chunk what one read delivered; the owner's to write over, until the call returns */
  receive(chunk: Uint8Array): void;
  /** The peer sends nothing more; told once or more. */
  receiveEnd(error: NodeJS.ErrnoException | undefined): void;
}

export interface TransportOptions {
  readonly flushQueue: FlushQueue;
  readonly limits: Pick<ServerLimits, 'maxUnsentBytes'>;
  readonly log: Log;
  /** Records what is read and written, where somebody watches. */
  readonly observation: Observation | undefined;
}

/**
 * One TCP connection below the protocol: reads chunks, writes all that one read produced in one go,
 * stops reading from a peer that does not read, and ends without losing the last bytes.
 */
export class Transport {
  readonly #socket: Socket;
  readonly #owner: TransportOwner;
  readonly #options: TransportOptions;
  readonly #outbox = new Outbox();
  #error: NodeJS.ErrnoException | undefined;
  #inRead = false;
  #queued = false;
  #paused = false;
  #ending = false;

  constructor(accepted: Socket, owner: TransportOwner, options: TransportOptions) {
    this.#owner = owner;
    this.#options = options;
    accepted.setTimeout(0);
    const socket = readIntoOneBuffer(accepted, (chunk) => this.#read(chunk));
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('drain', () => this.#resume());
    socket.on('end', () => {
      owner.receiveEnd(undefined);
      this.end();
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => owner.receiveEnd(this.#error));
  }

  /** How many bytes wait to be sent. */
  get unsentBytes(): number {
    return this.#outbox.byteLength + this.#socket.writableLength;
  }

  /** Whether the peer reads so slowly that nothing is read from it. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Hands a chunk up, and then writes all that it produced in one go. */
  receive(chunk: Uint8Array): void {
    this.#inRead = true;
    this.#owner.receive(chunk);
    this.#inRead = false;
    this.flush();
  }

  /** @param bytes kept until they are sent */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#outbox.add(bytes);
    if (this.#inRead || this.#queued) return;
    this.#queued = true;
    this.#options.flushQueue.add(this);
  }

  flush(): void {
    this.#queued = false;
    if (this.#outbox.byteLength === 0) return;
    const ranges = this.#outbox.take();
    const socket = this.#socket;
    if (!socket.writable) return;
    this.#options.observation?.chunk('out', ...ranges);
    if (ranges.length > 1) socket.cork();
    for (const range of ranges) socket.write(range);
    if (ranges.length > 1) socket.uncork();
    if (!this.#ending && socket.writableNeedDrain && socket.writableLength > this.#options.limits.maxUnsentBytes) {
      this.#paused = true;
      socket.pause();
    }
  }

  /** Ends TCP after all that was written before; what still arrives is dropped. RFC 6455 §7.1.1. */
  end(): void {
    if (this.#ending) return;
    this.flush();
    this.#ending = true;
    this.#resume();
    this.#socket.end();
  }

  /** Ends TCP at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Uint8Array): void {
    try {
      this.#options.observation?.chunk('in', chunk);
      // Read on after the end, or unread bytes turn the close into a reset that may overtake the close frame.
      if (!this.#ending) this.receive(chunk);
    } catch (error) {
      // Whatever the peer sent must not throw; where it does, that is this connection's end and nobody else's.
      this.#options.log(`a mistake of this server's own: ${error instanceof Error ? error.stack : error}`);
      this.#socket.destroy();
    }
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#socket.resume();
  }
}
