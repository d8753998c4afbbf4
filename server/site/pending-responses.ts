import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Knows for each socket of an HTTP server whether an answer on it is unfinished. */
export class LastResponses {
  readonly #responses = new WeakMap<Socket, ServerResponse>();

  constructor(httpServer: Server) {
    httpServer.on('request', (request, response) => this.#responses.set(request.socket, response));
  }

  /** @returns the last response on a socket if it is unfinished; other bytes written now would end up inside it */
  pendingOn(socket: Socket): ServerResponse | undefined {
    const response = this.#responses.get(socket);
    return response === undefined || isOut(response) ? undefined : response;
  }
}

/** Whether a response is completely written. One that waits for an earlier response has no socket yet. */
function isOut(response: ServerResponse): boolean {
  return response.writableFinished || (response.writableEnded && response.socket !== null);
}
