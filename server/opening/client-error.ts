import type { Socket } from 'node:net';
import { type HttpRefusal, refusal } from '../../src/companion/policy/refusal.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Sweeper } from '../bounds/sweeper.ts';
import type { Log } from '../log.ts';
import { formatRefusal } from '../request/refusal-bytes.ts';
import type { LastResponses } from '../site/pending-responses.ts';
import { FinalAnswer } from '../socket/final-answer.ts';
import { remoteOf } from '../socket/remote.ts';

/** The error of Node's HTTP parser for bytes that it cannot read. `reason` is present if their form is wrong. */
export interface ClientError extends NodeJS.ErrnoException {
  readonly reason?: string;
}

/**
 * Answers unreadable requests: 400 for bytes that are not HTTP, 431 for a head that is too long, 408 for one that is
 * too slow.
 */
export class ClientErrors {
  readonly #answered = new WeakSet<Socket>();
  readonly #lastResponses: LastResponses;
  readonly #limits: ServerLimits;
  readonly #sweeper: Sweeper;
  readonly #log: Log;

  constructor(lastResponses: LastResponses, limits: ServerLimits, sweeper: Sweeper, log: Log) {
    this.#lastResponses = lastResponses;
    this.#limits = limits;
    this.#sweeper = sweeper;
    this.#log = log;
  }

  answer(error: ClientError, socket: Socket): void {
    // Bytes that arrive after the answer cause the same error again.
    if (this.#answered.has(socket)) return;
    this.#answered.add(socket);
    // An earlier request on this connection is still being answered. This answer must come after it.
    const pending = this.#lastResponses.pendingOn(socket);
    if (pending === undefined) this.#end(error, socket);
    else pending.once('close', () => this.#end(error, socket));
  }

  #end(error: ClientError, socket: Socket): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const refused = refusalOf(error, this.#limits);
    this.#log(refused.rule, `${remoteOf(socket)}: refused with ${refused.httpStatus}: ${refused.sentence}`);
    new FinalAnswer(socket, formatRefusal(refused), this.#sweeper, this.#limits.closingTimeoutMs);
  }
}

function refusalOf({ code, reason }: ClientError, { maxHeaderBytes, handshakeTimeoutMs }: ServerLimits): HttpRefusal {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return refusal(
      431,
      `The head is longer than ${maxHeaderBytes} bytes. Send fewer or shorter headers.`,
      'head-too-long',
    );
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return refusal(
      408,
      `The request was not complete after ${handshakeTimeoutMs} ms. Send it faster.`,
      'request-too-slow',
    );
  }
  return refusal(400, `This is not an HTTP/1.1 request: ${reason ?? code}.`, 'no-http-request');
}
