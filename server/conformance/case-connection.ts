import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { ConformanceCase } from '../../src/conformance/case.ts';
import { keptBytesOf, TranscriptWriter } from '../../src/conformance/transcript-writer.ts';
import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import { OPCODE } from '../../src/protocol/framing/opcode.ts';
import type { ServerUrl } from './target.ts';

/** A server that sends more than this beyond what it was sent is cut off. */
const MAX_UNASKED_BYTES = 1024 * 1024;
/** So is one whose messages and pings take this much memory beyond what has to come. */
const MAX_UNASKED_KEPT_BYTES = 256 * 1024;
/** And one that sends more frames than these, and than one for every 64 bytes that it was sent. */
const MAX_UNASKED_FRAMES = 4096;
const MIN_SENT_BYTES_PER_FRAME = 64;
/** After a read with more frames than this, other connections have their turn before the next. */
const MANY_FRAMES = 1000;

/** Longer writes go out in pieces, and between two of them what has come is read: a write that fails ends reading too. */
const MAX_WRITE_BYTES = 64 * 1024;
const WRITE_PATIENCE_MS = 30_000;
/** One TCP connection of a test case: writes the given bytes and records what arrives. */
export class CaseConnection {
  readonly transcript: TranscriptWriter;
  readonly #socket: Socket;
  readonly #startedMs = performance.now();
  #waiting: (() => void) | undefined;
  #sentBytes = 0;
  #receivedBytes = 0;
  #closeSent = false;
  #destroyed = false;
  #ended = false;
  #writeFailed = false;
  #insideFrame = false;
  #answers: Uint8Array[] = [];

  constructor(target: ServerUrl, { opening, expectation }: ConformanceCase) {
    const expectedBytes = expectation.type === 'refusal' ? 0 : keptBytesOf(expectation);
    this.transcript = new TranscriptWriter(opening, expectedBytes + MAX_UNASKED_KEPT_BYTES);
    this.#socket = connect({ host: target.hostname, port: target.port, noDelay: true });
    this.#socket.on('connect', () => this.#wake());
    this.#socket.on('drain', () => this.#wake());
    this.#socket.on('data', (chunk: Buffer<ArrayBuffer>) => this.#receive(chunk));
    this.#socket.on('end', () => this.#end(false));
    this.#socket.on('close', () => {
      this.#ended = true;
      this.#end(true);
    });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#sentBytes === 0) this.transcript.failToConnect(error.message);
      if (error.syscall === 'write') this.#writeFailed = true;
    });
  }

  /** Notes that the client itself has begun to close: the server's close frame is then the answer. */
  noteCloseSent(): void {
    this.#closeSent = true;
  }

  get connected(): boolean {
    return !this.#socket.connecting && !this.#socket.destroyed;
  }

  /** Whether TCP broke while something was being written, with nothing read that would say why. */
  get lostLastWords(): boolean {
    return this.#writeFailed && !this.transcript.closeReceived;
  }

  get insideFrame(): boolean {
    return this.#insideFrame;
  }

  /** Between two parts of one frame nothing else may be written: an answer waits until it is whole. */
  set insideFrame(inside: boolean) {
    this.#insideFrame = inside;
    if (inside) return;
    for (const bytes of this.#answers.splice(0)) this.#writeAnswer(bytes);
  }

  /** Resolves when the bytes are on their way, or cannot be sent any more; two turns of the loop lie between. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && !this.transcript.over && !this.#ended; at += MAX_WRITE_BYTES) {
      const piece = bytes.subarray(at, at + MAX_WRITE_BYTES);
      this.#sentBytes += piece.length;
      const flushed = this.#socket.write(piece);
      if (!flushed) await this.until(() => !this.#socket.writableNeedDrain, WRITE_PATIENCE_MS);
      // In the first turn the server may act upon what was written, and in the second its answer is read.
      await nextTurn();
      await nextTurn();
    }
  }

  /**
   * Resolves when the condition holds, nothing more can come, or the time is up.
   *
   * @returns false where the time was up
   */
  async until(condition: () => boolean, patienceMs: number): Promise<boolean> {
    let patient = true;
    const timer = setTimeout(() => {
      patient = false;
      this.#wake();
    }, patienceMs);
    while (patient && !condition() && !this.transcript.over && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    clearTimeout(timer);
    return patient;
  }

  /** Ends TCP from this side; nothing that comes after this is written down. */
  destroy(): void {
    this.#destroyed = true;
    this.#socket.destroy();
    this.#wake();
  }

  #receive(chunk: Buffer<ArrayBuffer>): void {
    this.#receivedBytes += chunk.length;
    const framesBefore = this.transcript.frameCount;
    const maxFrames = MAX_UNASKED_FRAMES + this.#sentBytes / MIN_SENT_BYTES_PER_FRAME;
    const pings = this.transcript.push(new Uint8Array(chunk), this.#timeMs(), maxFrames);
    if (this.#isFlooded) {
      this.transcript.hangUp();
      this.destroy();
      return;
    }
    if (this.transcript.frameCount - framesBefore > MANY_FRAMES) this.#readOnNextTurn();
    for (const payload of pings) this.#answer(OPCODE.pong, payload);
    if (this.transcript.closeReceived && !this.#closeSent) {
      this.#closeSent = true;
      this.#answer(OPCODE.close, new Uint8Array(0));
    }
    this.#wake();
  }

  /** Whether far more has come than what was asked for. */
  get #isFlooded(): boolean {
    return this.transcript.full || this.#receivedBytes > 2 * this.#sentBytes + MAX_UNASKED_BYTES;
  }

  #readOnNextTurn(): void {
    this.#socket.pause();
    setImmediate(() => this.#socket.resume());
  }

  #answer(opcode: number, payload: Uint8Array): void {
    const bytes = encodeFrame({ opcode, payload, maskingKey: 0 });
    if (this.#insideFrame) this.#answers.push(bytes);
    else this.#writeAnswer(bytes);
  }

  #writeAnswer(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  #end(reset: boolean): void {
    if (!this.#destroyed) this.transcript.end(this.#timeMs(), reset);
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

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
