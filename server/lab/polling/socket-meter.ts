import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { BothWays } from '../../../src/companion/polling.ts';

/**
 * Counts the bytes of each request and of its response at the socket. Requests of other kinds can be on the same
 * connection, before and between: a browser uses a connection again.
 *
 * If a client sends requests without waiting for the answers, those that came in one read count for the first of them.
 */
export class SocketMeter {
  readonly #counted = new WeakMap<Socket, BothWays>();
  readonly #requestBytes = new WeakMap<IncomingMessage, number>();

  constructor(httpServer: Server) {
    httpServer.on('request', (request: IncomingMessage) => {
      const { socket } = request;
      const { bytesRead, bytesWritten } = socket;
      this.#requestBytes.set(request, bytesRead - (this.#counted.get(socket)?.up ?? 0));
      this.#counted.set(socket, { up: bytesRead, down: bytesWritten });
    });
  }

  /** The length of a request: everything that came on its connection after the request before it. */
  requestBytes(request: IncomingMessage): number {
    return this.#requestBytes.get(request) ?? 0;
  }

  /** The number of bytes that were written on a connection since the last call, or since its last request. */
  takeResponseBytes(socket: Socket): number {
    const { bytesWritten } = socket;
    const counted = this.#counted.get(socket);
    this.#counted.set(socket, { up: counted?.up ?? socket.bytesRead, down: bytesWritten });
    return bytesWritten - (counted?.down ?? 0);
  }
}
