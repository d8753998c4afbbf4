import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { MemoryBudget, MemoryHolder } from '../bounds/memory-budget.ts';
import type { Log } from '../log.ts';
import { remoteOf } from '../socket/remote.ts';
import type { RequestListener } from './static.ts';

/** The number of requests of one connection that are answered at a time. */
const MAX_ANSWERED_AT_ONCE = 100;
/** The approximate memory of a request until its answer is sent: the objects that Node creates for its head. */
const BYTES_PER_REQUEST = 2500;

export interface PipeliningServices {
  readonly budget: MemoryBudget;
  readonly log: Log;
}

/**
 * Answers up to 100 requests of one connection at a time. The others wait, and while any waits, nothing more is read
 * from the connection.
 *
 * A client may send requests without waiting for answers: RFC 9112 §9.3.2. One read can deliver two thousand of them,
 * and each takes about 2.5 KB until its answer is sent. Node's own limit counts the bytes of waiting answers, and a
 * postponed answer has none yet.
 *
 * @param answer answers one request
 */
export function limitPipelining(answer: RequestListener, services: PipeliningServices): RequestListener {
  const pipelines = new WeakMap<Socket, Pipeline>();
  return (request, response) => {
    const { socket } = request;
    const pipeline = pipelines.get(socket) ?? new Pipeline(socket, answer, services);
    pipelines.set(socket, pipeline);
    pipeline.take(request, response);
  };
}

/** The unanswered requests of one connection. */
class Pipeline implements MemoryHolder {
  readonly #socket: Socket;
  readonly #answer: RequestListener;
  /** The number of answers that have started and are not sent. */
  #answering = 0;
  #waiting: [IncomingMessage, ServerResponse][] = [];
  #nextTurn: NodeJS.Immediate | undefined;

  readonly #services: PipeliningServices;

  constructor(socket: Socket, answer: RequestListener, services: PipeliningServices) {
    this.#socket = socket;
    this.#answer = answer;
    this.#services = services;
    socket.once('close', () => services.budget.hold(this, 0));
  }

  giveUp(): void {
    this.#services.log(
      'cut-off',
      `${remoteOf(this.#socket)}: cut off with its requests, because the server needs the memory`,
    );
    this.#waiting = [];
    this.#socket.destroy();
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    if (this.#waiting.length === 0 && this.#answering < MAX_ANSWERED_AT_ONCE) this.#start(request, response);
    else if (this.#waiting.push([request, response]) === 1) this.#hold();
    this.#count();
  }

  #count(): void {
    const requests = this.#socket.destroyed ? 0 : this.#answering + this.#waiting.length;
    this.#services.budget.hold(this, BYTES_PER_REQUEST * requests);
  }

  #start(request: IncomingMessage, response: ServerResponse): void {
    this.#answering++;
    response.once('close', () => {
      this.#answering--;
      this.#count();
      // In the next turn, so that other connections come before the next hundred.
      if (this.#waiting.length > 0) this.#nextTurn ??= setImmediate(() => this.#goOn());
    });
    this.#answer(request, response);
  }

  #goOn(): void {
    this.#nextTurn = undefined;
    // An answer may end the connection. Then the other requests get none.
    if (this.#socket.destroyed) this.#waiting = [];
    const next = this.#waiting.splice(0, MAX_ANSWERED_AT_ONCE - this.#answering);
    for (const [request, response] of next) this.#start(request, response);
    if (this.#waiting.length === 0) this.#release();
  }

  #hold(): void {
    this.#socket.pause();
    // Node resumes reading after every request and after every answer.
    this.#socket.on('resume', this.#pauseAgain);
  }

  #release(): void {
    this.#socket.removeListener('resume', this.#pauseAgain);
    this.#socket.resume();
  }

  readonly #pauseAgain = (): void => {
    this.#socket.pause();
  };
}
