import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Sweeper, Swept } from '../bounds/sweeper.ts';
import type { Log } from '../log.ts';
import { remoteOf } from '../socket/remote.ts';
import { isUsed } from '../socket/socket-user.ts';
import type { OpenFiles } from './open-files.ts';
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
  readonly openFiles: OpenFiles;
  readonly limits: Pick<ServerLimits, 'idleTimeoutMs' | 'closingTimeoutMs'>;
  readonly log: Log;
}

/**
 * Ends the HTTP connections whose peers read nothing of a response for the idle time-out: each holds a descriptor, and
 * often that of a file, too. While others wait for a file, the time-out is that of a close, which is shorter. With an
 * idle time-out of 0, a peer may read nothing for as long as it likes.
 *
 * A peer that reads slowly is seen to read when the system has room for more, which on loopback is after a megabyte or so.
 */
export class UnreadResponses implements Swept {
  readonly #options: UnreadResponsesOptions;
  readonly #sockets = new Map<Socket, Progress>();

  constructor(httpServer: Server, options: UnreadResponsesOptions) {
    this.#options = options;
    if (options.limits.idleTimeoutMs > 0) httpServer.on('request', ({ socket }) => this.#watch(socket));
  }

  sweep(nowMs: number): void {
    const { lastResponses, sweeper, openFiles, limits, log } = this.#options;
    const { idleTimeoutMs, closingTimeoutMs } = limits;
    const timeoutMs = openFiles.isWaitedFor ? Math.min(closingTimeoutMs, idleTimeoutMs) : idleTimeoutMs;
    for (const [socket, progress] of this.#sockets) {
      const unread = socket.writableLength;
      const taken = socket.bytesWritten - unread;
      const isDone = unread === 0 && lastResponses.pendingOn(socket) === undefined;
      if (isDone || socket.destroyed || isUsed(socket)) this.#sockets.delete(socket);
      // A response that waits for a file has nothing that the peer could read.
      else if (unread === 0 || taken !== progress.taken) this.#sockets.set(socket, { taken, sinceMs: nowMs });
      else if (nowMs - progress.sinceMs >= timeoutMs) {
        log('unread-response', `${remoteOf(socket)}: ended: nothing read of a response for ${timeoutMs} ms`);
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
