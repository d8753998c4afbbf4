import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { MemoryBudget, MemoryHolder } from '../bounds/memory-budget.ts';
import { plainBytes } from '../socket/plain-bytes.ts';

/** The bytes of one TCP read, and its time. */
export interface TimedChunk {
  readonly bytes: Uint8Array;
  readonly timeMs: number;
}

/** How a request arrived. */
export interface Arrival {
  /** The time at which its connection was accepted, on the clock of `performance.now()`. */
  readonly acceptedAtMs: number;
  /** The reads that delivered it, from its first byte on. May be called only once. */
  chunks(): readonly TimedChunk[];
}

export interface RequestBytesOptions {
  readonly maxHeaderBytes: number;
  readonly budget: MemoryBudget;
  readonly onGivenUp: () => void;
}

/** Node's parser also keeps the head until it is complete. */
const COPIES = 2;

/**
 * Keeps the bytes of the request that is arriving on a socket. A tap shows the head as it was on the wire, and Node's
 * parser does not keep its bytes.
 */
export class RequestBytes implements MemoryHolder {
  readonly acceptedAtMs: number;
  readonly #socket: Socket;
  readonly #maxHeaderBytes: number;
  readonly #budget: MemoryBudget;
  readonly #onGivenUp: () => void;
  #chunks: TimedChunk[] = [];
  // Does not include the last chunk, which may hold more than the head.
  #earlierBytes = 0;

  /** @param onGivenUp called if the memory of an unfinished head is needed and its connection is ended */
  constructor(socket: Socket, acceptedAtMs: number, { maxHeaderBytes, budget, onGivenUp }: RequestBytesOptions) {
    this.acceptedAtMs = acceptedAtMs;
    this.#socket = socket;
    this.#maxHeaderBytes = maxHeaderBytes;
    this.#budget = budget;
    this.#onGivenUp = onGivenUp;
    socket.prependListener('data', this.#record);
    socket.once('close', this.#release);
  }

  /**
   * Starts over after a request that was not for a WebSocket. Only the chunk with its end may belong to the next one.
   */
  startOver(): void {
    this.#chunks = this.#chunks.slice(-1);
    this.#earlierBytes = 0;
    this.#count();
  }

  /**
   * Hands over its chunks.
   *
   * @param afterHead the number of bytes that came after the head
   * @returns the chunks from the first byte of the request to the last byte that came
   */
  take(request: IncomingMessage, afterHead: number): TimedChunk[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunksFrom(chunks, startOfRequest(chunks, request, afterHead));
  }

  stop(): void {
    this.#socket.removeListener('data', this.#record);
    this.#socket.removeListener('close', this.#release);
    this.#release();
  }

  giveUp(): void {
    this.#onGivenUp();
    this.#socket.destroy();
  }

  readonly #release = (): void => this.#budget.hold(this, 0);

  #count(): void {
    const byteLength = this.#earlierBytes + (this.#chunks.at(-1)?.bytes.length ?? 0);
    this.#budget.hold(this, COPIES * byteLength);
  }

  readonly #record = (bytes: Buffer): void => {
    this.#earlierBytes += this.#chunks.at(-1)?.bytes.length ?? 0;
    this.#chunks.push({ bytes: plainBytes(bytes), timeMs: performance.now() });
    for (;;) {
      const first = this.#chunks[0];
      if (first === undefined || this.#earlierBytes - first.bytes.length < this.#maxHeaderBytes) break;
      this.#earlierBytes -= first.bytes.length;
      this.#chunks.shift();
    }
    this.#count();
  };
}

/** Earlier requests may be on the same connection. The request starts at the last line that equals its first line. */
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
