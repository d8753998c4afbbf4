import type { Socket } from 'node:net';
import type { Sweeper, Swept } from '../bounds/sweeper.ts';

/**
 * Ends a socket that will not become a connection: sends the answer, then ends TCP. Bytes that the peer still sends are
 * read and dropped: unread bytes would turn the end into a reset, which can overtake the answer.
 */
export class FinalAnswer implements Swept {
  readonly #socket: Socket;
  readonly #deadlineMs: number;

  constructor(socket: Socket, answer: string | Uint8Array, sweeper: Sweeper, timeoutMs: number) {
    this.#socket = socket;
    this.#deadlineMs = sweeper.nowMs + timeoutMs;
    sweeper.add(this);
    socket.on('error', () => {});
    socket.on('close', () => sweeper.delete(this));
    socket.setTimeout(0);
    socket.end(answer);
    socket.resume();
  }

  sweep(nowMs: number): void {
    if (nowMs >= this.#deadlineMs) this.#socket.destroy();
  }
}
