import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { isUsed } from '../socket/socket-user.ts';
import type { LastResponses } from './pending-responses.ts';

/**
 * Ends the connections of an HTTP server that shuts down. Node alone would wait for silent clients and cut off answers
 * that are written but not sent.
 */
export class HttpConnections {
  readonly #sockets = new Set<Socket>();
  readonly #lastResponses: LastResponses;

  constructor(httpServer: Server, lastResponses: LastResponses) {
    this.#lastResponses = lastResponses;
    // The server's close() calls this.
    httpServer.closeIdleConnections = () => this.#end();
    httpServer.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Ends each connection after its requests are answered; at once if it has none, or only the start of a head. */
  #end(): void {
    for (const socket of this.#sockets) if (!isUsed(socket)) this.#endOnceAnswered(socket);
  }

  #endOnceAnswered(socket: Socket): void {
    const pending = this.#lastResponses.pendingOn(socket);
    // Meanwhile another request may have arrived.
    if (pending !== undefined) pending.once('close', () => this.#endOnceAnswered(socket));
    else socket.destroySoon();
  }
}
