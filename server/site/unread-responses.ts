import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Sweeper, Swept } from '../bounds/sweeper.ts';
import type { Log } from '../log.ts';
import { remoteOf } from '../socket/remote.ts';
import { isUsed } from '../socket/socket-user.ts';
import type { OpenFiles } from './open-files.ts';
import type { LastResponses } from './pending-responses.ts';

/** How far a peer has read. */
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
 * Ends HTTP connections whose peers read nothing of a response for the idle timeout. Each one holds a descriptor, and
 * often another for a file. While other responses wait for a file, the shorter closing timeout applies. An idle timeout
 * of 0 means no limit.
 *
 * A slow reader becomes visible only when the system's buffers have room again, on loopback after about a megabyte.
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
      // A response that waits for a file has nothing to read yet.
      else if (unread === 0 || taken !== progress.taken) this.#sockets.set(socket, { taken, sinceMs: nowMs });
      else if (nowMs - progress.sinceMs >= timeoutMs) {
        log('unread-response', `${remoteOf(socket)}: ended, because it read nothing of a response for ${timeoutMs} ms`);
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
