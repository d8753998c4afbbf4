import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Sweeper, Swept } from '../bounds/sweeper.ts';
import type { Log } from '../log.ts';
import { remoteOf } from '../socket/remote.ts';
import { isUsed } from '../socket/socket-user.ts';
import type { LastResponses } from './pending-responses.ts';

/** How far the peer has read. */
interface Progress {
  /** In bytes. */
  readonly taken: number;
  readonly sinceMs: number;
}

export interface UnreadResponsesOptions {
  readonly lastResponses: LastResponses;
  readonly sweeper: Sweeper;
  /** How long a peer may take nothing. 0: as long as it likes. */
  readonly idleTimeoutMs: number;
  readonly log: Log;
}

/**
 * Ends the HTTP connections whose peers read nothing of a response for the idle time-out: each holds a descriptor, and
 * often that of a file, too.
 *
 * A peer that reads slowly is seen to read when the system has room for more, which on loopback is after a megabyte or so.
 */
export class UnreadResponses implements Swept {
  readonly #options: UnreadResponsesOptions;
  readonly #sockets = new Map<Socket, Progress>();

  constructor(httpServer: Server, options: UnreadResponsesOptions) {
    this.#options = options;
    if (options.idleTimeoutMs > 0) httpServer.on('request', ({ socket }) => this.#watch(socket));
  }

  sweep(nowMs: number): void {
    const { lastResponses, sweeper, idleTimeoutMs, log } = this.#options;
    for (const [socket, progress] of this.#sockets) {
      const unread = socket.writableLength;
      const taken = socket.bytesWritten - unread;
      const isDone = unread === 0 && lastResponses.pendingOn(socket) === undefined;
      if (isDone || socket.destroyed || isUsed(socket)) this.#sockets.delete(socket);
      // A response that waits for a file has nothing that the peer could read.
      else if (unread === 0 || taken !== progress.taken) this.#sockets.set(socket, { taken, sinceMs: nowMs });
      else if (nowMs - progress.sinceMs >= idleTimeoutMs) {
        log('unread-response', `${remoteOf(socket)}: ended: nothing read of a response for ${idleTimeoutMs} ms`);
        socket.destroy();
      }
    }
    if (this.#sockets.size === 0) sweeper.delete(this);
  }

  #watch(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    const { sweeper } = this.#options;
    this.#sockets.set(socket, { taken: 0, sinceMs: sweeper.nowMs });
    sweeper.add(this);
  }
}
