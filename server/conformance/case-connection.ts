import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { FreshMemory } from '../../src/bytes/memory/fresh-memory.ts';
import { type ConformanceCase, type EchoHabits, keptBytesOf, TranscriptWriter } from '../../src/conformance/index.ts';
import { type DeflateCodec, encodeFrame, OPCODE } from '../../src/protocol/index.ts';
import { createCodec } from '../deflate/codec.ts';
import { connectTo } from './connect-to.ts';
import type { ServerUrl } from './target.ts';

/** The suite hangs up on a server that sends this much more than it received. */
const MAX_UNASKED_BYTES = 1024 * 1024;
/** It also hangs up if messages and pings take this much more memory than the expected ones. */
const MAX_UNASKED_KEPT_BYTES = 256 * 1024;
/** It also hangs up after this many frames, plus one for every 64 bytes that it sent. */
const MAX_UNASKED_FRAMES = 4096;
const MIN_SENT_BYTES_PER_FRAME = 64;
/** After a read with more frames than this, other connections get a turn before the next read. */
const MANY_FRAMES = 1000;

/** Longer writes are split, and answers are read in between: a write that fails ends reading, too. */
const MAX_WRITE_BYTES = 64 * 1024;
const MAX_WRITE_WAIT_MS = 30_000;

let created: DeflateCodec | undefined;

/** Created with the first case that needs it. */
function codec(): DeflateCodec {
  created ??= createCodec(new FreshMemory(), true);
  return created;
}

/** One TCP connection of a test case: writes the given bytes and records what arrives. */
export class CaseConnection {
  readonly transcript: TranscriptWriter;
  readonly #socket: Socket;
  readonly #startedMs = performance.now();
  #waiting: (() => void) | undefined;
  #connected = false;
  #sentBytes = 0;
  #receivedBytes = 0;
  #closeSent = false;
  #destroyed = false;
  #ended = false;
  #writeFailed = false;
  #insideFrame = false;
  #answers: Uint8Array[] = [];

  constructor(target: ServerUrl, { opening, expectation }: ConformanceCase, habits?: EchoHabits) {
    const expectedBytes = expectation.type === 'refusal' ? 0 : keptBytesOf(expectation);
    const maxKeptBytes = expectedBytes + MAX_UNASKED_KEPT_BYTES;
    this.transcript = new TranscriptWriter(opening, maxKeptBytes, opening.deflate && codec(), habits);
    this.#socket = connectTo(target);
    this.#socket.on(target.tls === undefined ? 'connect' : 'secureConnect', () => {
      this.#connected = true;
      this.#wake();
    });
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

  /** Records that the client started to close, so that the server's close frame is the answer. */
  noteCloseSent(): void {
    this.#closeSent = true;
  }

  get connected(): boolean {
    return this.#connected && !this.#socket.destroyed;
  }

  /** Whether TCP broke during a write, before anything was read that explains it. */
  get lostLastWords(): boolean {
    return this.#writeFailed && !this.transcript.closeReceived;
  }

  get insideFrame(): boolean {
    return this.#insideFrame;
  }

  /** Inside a frame nothing else may be written, so answers wait until the frame is complete. */
  set insideFrame(inside: boolean) {
    this.#insideFrame = inside;
    if (inside) return;
    for (const bytes of this.#answers.splice(0)) this.#writeAnswer(bytes);
  }

  /**
   * Resolves once the bytes are written, or cannot be written any more, and two more turns of the event loop are over.
   */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && !this.transcript.over && !this.#ended; at += MAX_WRITE_BYTES) {
      const piece = bytes.subarray(at, at + MAX_WRITE_BYTES);
      this.#sentBytes += piece.length;
      const flushed = this.#socket.write(piece);
      if (!flushed) await this.until(() => !this.#socket.writableNeedDrain, MAX_WRITE_WAIT_MS);
      // In the first turn a server in this process can react; in the second its answer is read.
      await nextTurn();
      await nextTurn();
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
    while (hasTime && !condition() && !this.transcript.over && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    clearTimeout(timer);
    return hasTime;
  }

  /** Ends TCP from this side. Nothing that comes later is recorded. */
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

  /** Whether far more came than the case calls for. */
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
