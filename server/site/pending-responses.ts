import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Knows for each socket of an HTTP server whether a request on it is still to be answered. */
export class LastResponses {
  readonly #responses = new WeakMap<Socket, ServerResponse>();

  constructor(httpServer: Server) {
    httpServer.on('request', (request, response) => this.#responses.set(request.socket, response));
  }

  /** @returns the last response on a socket where it is not wholly written; whatever is written now would get into it */
  pendingOn(socket: Socket): ServerResponse | undefined {
    const response = this.#responses.get(socket);
    return response === undefined || isOut(response) ? undefined : response;
  }
}

/** Whether a response is wholly written: one that waits for an earlier one has no socket yet. */
function isOut(response: ServerResponse): boolean {
  return response.writableFinished || (response.writableEnded && response.socket !== null);
}
