import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { isUsed } from '../socket/socket-user.ts';
import type { LastResponses } from './pending-responses.ts';

/**
 * Ends the connections of an HTTP server that goes down, as they should: Node by itself waits for who has said nothing,
 * and cuts off the end of an answer that is written and not yet sent.
 */
export class HttpConnections {
  readonly #sockets = new Set<Socket>();
  readonly #lastResponses: LastResponses;

  constructor(httpServer: Server, lastResponses: LastResponses) {
    this.#lastResponses = lastResponses;
    // Called by the server's close().
    httpServer.closeIdleConnections = () => this.#end();
    httpServer.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Each once its requests are answered: at once where there is none, or a head has only begun. */
  #end(): void {
    for (const socket of this.#sockets) if (!isUsed(socket)) this.#endOnceAnswered(socket);
  }

  #endOnceAnswered(socket: Socket): void {
    const pending = this.#lastResponses.pendingOn(socket);
    // Another request may have come behind that one meanwhile.
    if (pending !== undefined) pending.once('close', () => this.#endOnceAnswered(socket));
    else socket.destroySoon();
  }
}
