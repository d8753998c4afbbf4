import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { ClientTranscriptWriter } from '../../../src/conformance/index.ts';
import { encodeFrame, OPCODE } from '../../../src/protocol/index.ts';
import { plainBytes } from '../../socket/plain-bytes.ts';

/** The server hangs up on a client that sends this much more than it received. */
const MAX_UNASKED_BYTES = 4 * 1024 * 1024;
/** Longer writes are split, and answers are read in between. */
const MAX_WRITE_BYTES = 64 * 1024;
const MAX_WRITE_WAIT_MS = 30_000;

/** The server’s end of the TCP connection of one case: writes the given bytes and records what arrives. */
export class ClientConnection {
  readonly transcript: ClientTranscriptWriter;
  readonly #socket: Socket;
  readonly #startedMs = performance.now();
  #waiting: (() => void) | undefined;
  #sentBytes = 0;
  #receivedBytes = 0;
  #closeSent = false;
  #answersFrames = false;
  #insideFrame = false;
  #hasEnded = false;
  #isOver = false;
  #answers: Uint8Array[] = [];

  /** @param rest what came behind the head of the request */
  constructor(socket: Socket, transcript: ClientTranscriptWriter, rest: Uint8Array) {
    this.transcript = transcript;
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(plainBytes(chunk).slice()));
    socket.on('drain', () => this.#wake());
    socket.on('end', () => this.#end(false));
    socket.on('error', () => this.#end(true));
    socket.on('close', () => {
      this.#isOver = true;
      this.#end(true);
    });
    if (rest.length > 0) this.#receive(rest.slice());
    socket.resume();
  }

  /** From now on pings and a close frame of the client are answered: the server has sent a 101. */
  open(): void {
    this.#answersFrames = true;
  }

  /** Records that the server started to close, so that the client's close frame is the answer. */
  noteCloseSent(): void {
    this.#closeSent = true;
  }

  get insideFrame(): boolean {
    return this.#insideFrame;
  }

  /** Inside a frame nothing else may be written, so answers wait until the frame is complete. */
  set insideFrame(inside: boolean) {
    this.#insideFrame = inside;
    if (inside) return;
    for (const bytes of this.#answers.splice(0)) this.#writeNow(bytes);
  }

  /** Whether the client can receive nothing more. */
  get over(): boolean {
    return this.#isOver || this.#hasEnded || this.transcript.over;
  }

  /** Resolves once the bytes are written, or cannot be written any more. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && !this.over; at += MAX_WRITE_BYTES) {
      const flushed = this.#writeNow(bytes.subarray(at, at + MAX_WRITE_BYTES));
      const drained = flushed || (await this.until(() => !this.#socket.writableNeedDrain, MAX_WRITE_WAIT_MS));
      if (!drained) {
        // The client does not read: waiting again for each piece of a long message would take hours.
        this.destroy();
        return;
      }
      // A client in another process reads each write on its own only if the system gets a turn.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /**
   * Resolves when the condition holds, nothing more can come, or the time is up.
   *
   * @returns false if the time was up
   */
  async until(condition: () => boolean, maxWaitMs: number): Promise<boolean> {
    let hasTime = true;
    const timer = setTimeout(() => {
      hasTime = false;
      this.#wake();
    }, maxWaitMs);
    while (hasTime && !condition() && !this.over) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    clearTimeout(timer);
    return hasTime;
  }

  /** Ends the server's side of TCP. */
  end(): void {
    if (!this.#socket.writableEnded) this.#socket.end();
  }

  /** Ends TCP. Nothing that comes later is recorded. */
  destroy(): void {
    this.#isOver = true;
    this.#socket.destroy();
    this.#wake();
  }

  #receive(chunk: Uint8Array<ArrayBuffer>): void {
    if (this.#isOver) return;
    this.#receivedBytes += chunk.length;
    const pings = this.transcript.push(chunk, this.#timeMs());
    if (this.transcript.full || this.#receivedBytes > 2 * this.#sentBytes + MAX_UNASKED_BYTES) {
      this.transcript.hangUp();
      this.destroy();
      return;
    }
    if (this.#answersFrames) {
      for (const payload of pings) this.#answer(OPCODE.pong, payload);
      if (this.transcript.closeReceived && !this.#closeSent) {
        this.#closeSent = true;
        this.#answer(OPCODE.close, new Uint8Array(0));
      }
    }
    this.#wake();
  }

  #answer(opcode: number, payload: Uint8Array): void {
    const bytes = encodeFrame({ opcode, payload, maskingKey: undefined });
    if (this.#insideFrame) this.#answers.push(bytes);
    else this.#writeNow(bytes);
  }

  #writeNow(bytes: Uint8Array): boolean {
    if (this.#socket.writableEnded || this.#socket.destroyed) return true;
    this.#sentBytes += bytes.length;
    return this.#socket.write(bytes);
  }

  #end(reset: boolean): void {
    if (!this.#hasEnded) this.transcript.end(this.#timeMs(), reset);
    this.#hasEnded = true;
    this.#wake();
  }

  #timeMs(): number {
    return performance.now() - this.#startedMs;
  }

  #wake(): void {
    this.#waiting?.();
    this.#waiting = undefined;
  }
}
