import type { Socket } from 'node:net';
import { shareReadBuffer } from '../socket/shared-reads.ts';
import { type SocketUser, useSocket } from '../socket/socket-user.ts';

/** Gets the events of one of the two sockets. */
export interface SideOwner {
  /** @param chunk the bytes of one read; valid until the call returns */
  read(from: Side, chunk: Uint8Array): void;
  /** The peer sends nothing more: it has sent a FIN. */
  ended(from: Side): void;
  /** TCP has ended. */
  closed(from: Side, error: NodeJS.ErrnoException | undefined): void;
}

/**
 * Above this, reading from the other side is paused until all of it is sent. A pause for each full buffer of Node would
 * cost more than the memory is worth.
 */
const MAX_UNSENT_BYTES = 256 * 1024;

/** One of the two sockets of a proxied connection: what is written to it slows down the reads of the other. */
export class Side implements SocketUser {
  readonly socket: Socket;
  readonly #owner: SideOwner;
  /** Whether the peer has sent its FIN. */
  hasEnded = false;
  /** Chunks that arrived while it was stopped. */
  #held: Uint8Array[] = [];
  #isPausedByPeer = false;
  /** How many times it was told to stop. */
  #stops = 0;
  #other: Side | undefined;
  #error: NodeJS.ErrnoException | undefined;
  #willReset = false;
  /** Whether nothing more is written to it. */
  #isEnding = false;

  constructor(socket: Socket, owner: SideOwner) {
    this.socket = socket;
    this.#owner = owner;
    useSocket(socket, this);
    // Before a socket is connected there is nothing to read into. With TLS, Node reads the encrypted bytes itself.
    if ('encrypted' in socket) return;
    if (socket.connecting) socket.once('connect', () => shareReadBuffer(socket));
    else shareReadBuffer(socket);
  }

  /** Joins two sides, so that each one reads only as fast as the other writes. */
  join(other: Side): void {
    this.#other = other;
  }

  /** The number of bytes that wait to be sent to the peer. */
  get unsentBytes(): number {
    return this.socket.writableLength;
  }

  /** @param bytes not copied: must not be changed afterwards */
  write(bytes: Uint8Array): void {
    const { socket } = this;
    if (!socket.writable || this.#isEnding) return;
    socket.write(bytes);
    if (socket.writableLength > MAX_UNSENT_BYTES) this.#other?.pauseForOther();
  }

  /** Sends a FIN after everything that was written. */
  end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.socket.end();
  }

  /** Ends TCP with a RST, after everything that was written has been given to the system. */
  reset(): void {
    this.#isEnding = true;
    this.#willReset = true;
    if (this.socket.writableLength === 0 && !this.socket.connecting) this.socket.resetAndDestroy();
  }

  /** Ends TCP at once. */
  destroy(): void {
    this.socket.destroy();
  }

  /** Reads nothing more until {@link resume} was called as often. */
  stop(): void {
    this.#stops++;
    this.socket.pause();
  }

  resume(): void {
    this.#stops--;
    if (this.#stops > 0) return;
    const held = this.#held;
    this.#held = [];
    for (const chunk of held) this.#owner.read(this, chunk);
    if (!this.#isPausedByPeer) this.socket.resume();
  }

  read(chunk: Uint8Array): void {
    if (this.#stops === 0) this.#owner.read(this, chunk);
    else {
      // A read had begun before the stop.
      this.#held.push(chunk.slice());
      this.socket.pause();
    }
  }

  drained(): void {
    if (this.#willReset) this.reset();
    else this.#other?.resumeForOther();
  }

  ended(): void {
    this.hasEnded = true;
    this.#owner.ended(this);
  }

  failed(error: Error): void {
    this.#error = error;
  }

  closed(): void {
    // Nothing can be sent to this peer any more, so what the other one still sends is read and dropped.
    this.#other?.resumeForOther();
    this.#owner.closed(this, this.#error);
  }

  /** The other side has too much to send. */
  pauseForOther(): void {
    this.#isPausedByPeer = true;
    this.socket.pause();
  }

  /** The other side has sent everything, or has ended. */
  resumeForOther(): void {
    if (!this.#isPausedByPeer) return;
    this.#isPausedByPeer = false;
    if (this.#stops === 0) this.socket.resume();
  }
}
