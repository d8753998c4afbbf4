import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { plainBytes } from '../plain-bytes.ts';

/** What one TCP read delivered, and when. */
export interface TimedChunk {
  readonly bytes: Uint8Array;
  readonly timeMs: number;
}

/** How a request came. */
export interface Arrival {
  /** When its connection was accepted, on the clock of `performance.now()`. */
  readonly acceptedAtMs: number;
  /** The reads that brought it, from its first byte on; asked for once. */
  chunks(): readonly TimedChunk[];
}

/**
 * Keeps the bytes of the request that is arriving on a socket. Node's parser keeps none, and a tap
 * shows the head as it was on the wire.
 */
export class RequestBytes {
  readonly acceptedAtMs: number;
  readonly #socket: Socket;
  readonly #maxHeaderBytes: number;
  #chunks: TimedChunk[] = [];
  // Without the last chunk, which may hold more than the head.
  #earlierBytes = 0;

  constructor(socket: Socket, acceptedAtMs: number, maxHeaderBytes: number) {
    this.acceptedAtMs = acceptedAtMs;
    this.#socket = socket;
    this.#maxHeaderBytes = maxHeaderBytes;
    socket.prependListener('data', this.#record);
  }

  /** A request has been read that is no WebSocket request: only what came with its end may belong to the next. */
  startOver(): void {
    this.#chunks = this.#chunks.slice(-1);
    this.#earlierBytes = 0;
  }

  /**
   * Gives away what it has.
   *
   * @param afterHead how many bytes behind the head have come with it
   * @returns the chunks from the request's first byte to the last that came
   */
  take(request: IncomingMessage, afterHead: number): TimedChunk[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunksFrom(chunks, startOfRequest(chunks, request, afterHead));
  }

  stop(): void {
    this.#socket.removeListener('data', this.#record);
  }

  readonly #record = (bytes: Buffer): void => {
    this.#earlierBytes += this.#chunks.at(-1)?.bytes.length ?? 0;
    this.#chunks.push({ bytes: plainBytes(bytes), timeMs: performance.now() });
    for (;;) {
      const first = this.#chunks[0];
      if (first === undefined || this.#earlierBytes - first.bytes.length < this.#maxHeaderBytes) return;
      this.#earlierBytes -= first.bytes.length;
      this.#chunks.shift();
    }
  };
}

/** Before the request there may be others on the same connection; its own first line is the last such line. */
function startOfRequest(chunks: readonly TimedChunk[], request: IncomingMessage, afterHead: number): number {
  const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
  const head = bytes.subarray(0, bytes.length - afterHead).toString('latin1');
  const requestLine = `${request.method} ${request.url} HTTP/${request.httpVersion}\r\n`;
  const afterLine = head.lastIndexOf(`\n${requestLine}`);
  return afterLine === -1 ? Math.max(head.indexOf(requestLine), 0) : afterLine + 1;
}

function chunksFrom(chunks: readonly TimedChunk[], start: number): TimedChunk[] {
  let offset = 0;
  return chunks.flatMap(({ bytes, timeMs }) => {
    const from = Math.max(start - offset, 0);
    offset += bytes.length;
    return from < bytes.length ? [{ bytes: bytes.subarray(from), timeMs }] : [];
  });
}
