import { joinBytes } from '../../../bytes/join-bytes.ts';
import type { ConformanceCase, Step } from '../../../conformance/case.ts';
import { isCloseFrame } from '../../../conformance/close-step.ts';
import { encodeItems, writesOf } from '../../../conformance/encode-step.ts';
import { encodeOpeningRequest } from '../../../conformance/opening-request.ts';
import type { Transcript } from '../../../conformance/transcript.ts';
import { keptBytesOf, TranscriptWriter } from '../../../conformance/transcript-writer.ts';
import { encodeFrame } from '../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import type { CodeError } from '../host/order.ts';
import type { Plain } from '../host/plain.ts';
import type { RunningCode } from '../running-code.ts';
import { bytesOf } from './bytes-of.ts';

/** What came of one case. */
export interface CaseRun {
  readonly transcript: Transcript;
  /** Everything that the server sent after its response, up to a limit. */
  readonly framesReceived: Uint8Array;
  /** What the code threw, or why what it returned cannot be used. */
  readonly error: CodeError | undefined;
  readonly lines: readonly string[];
}

/** The address by which the requests name this server. Nothing listens there. */
const TARGET = { host: 'localhost:9001', target: '/' };

/** The case ends if the server sends this much more than it received. */
const MAX_UNASKED_BYTES = 1024 * 1024;
const MAX_UNASKED_KEPT_BYTES = 256 * 1024;
/** The number of bytes that are kept to be compared. */
const MAX_KEPT_BYTES = 256 * 1024;
/** Between the client and the server on the simulated wire. */
const HOP_MS = 1;

/**
 * Plays the client of one case against the code, over a wire that is simulated: the bytes go in, and what comes out has
 * arrived at once. So nothing has to be awaited. Time passes only where the case lets it pass.
 */
export async function runCase(code: RunningCode, conformanceCase: ConformanceCase): Promise<CaseRun> {
  const wire = new Wire(code, conformanceCase);
  await wire.play(conformanceCase);
  return wire.result;
}

class Wire {
  readonly #code: RunningCode;
  readonly #transcript: TranscriptWriter;
  readonly #received: Uint8Array[] = [];
  readonly #lines: string[] = [];
  #receivedBytes = 0;
  #sentBytes = 0;
  #timeMs = 0;
  #closeSent = false;
  #ended = false;
  #error: CodeError | undefined;
  #headLength: number | undefined;

  constructor(code: RunningCode, { opening, expectation }: ConformanceCase) {
    this.#code = code;
    const expectedBytes = expectation.type === 'refusal' ? 0 : keptBytesOf(expectation);
    this.#transcript = new TranscriptWriter(opening, expectedBytes + MAX_UNASKED_KEPT_BYTES);
  }

  get result(): CaseRun {
    const received = joinBytes(this.#received);
    return {
      transcript: this.#transcript.transcript,
      framesReceived: received.subarray(this.#headLength ?? received.length),
      error: this.#error,
      lines: this.#lines,
    };
  }

  async play({ opening, steps, expectation }: ConformanceCase): Promise<void> {
    const opened = await this.#code.ask({ type: 'open', stage: 'createServer', at: 0 });
    this.#lines.push(...opened.lines);
    if (opened.error !== undefined) {
      this.#fail(opened.error);
      return;
    }
    const first = steps[0];
    const joined = opening.withFirstStep && first?.type === 'send' ? first : undefined;
    const together = joined === undefined ? [] : [...writesOf(joined)].map(({ bytes }) => bytes);
    if (joined !== undefined) this.#startStep(joined, 0);
    const bytes = joinBytes([encodeOpeningRequest(opening, TARGET), ...together]);
    const size = opening.cut === 'whole' ? bytes.length : opening.cut;
    await this.#write(cut(bytes, size));
    if (!this.#transcript.opened || expectation.type === 'refusal') return;
    for (const [index, step] of steps.entries()) {
      if (this.#isOver) return;
      if (step === joined) continue;
      this.#startStep(step, index);
      await this.#take(step);
    }
    this.#transcript.startStep(steps.length);
  }

  get #isOver(): boolean {
    return this.#ended || this.#transcript.over;
  }

  #startStep(step: Step, index: number): void {
    this.#transcript.startStep(index);
    if (isCloseFrame(step)) this.#closeSent = true;
  }

  async #take(step: Step): Promise<void> {
    switch (step.type) {
      case 'send':
        // A server that has closed reads nothing more.
        if (this.#transcript.closeReceived) return;
        await this.#write([...writesOf(step)].map(({ bytes }) => bytes));
        break;
      case 'exchange':
        for (let nth = 0; nth < step.times && !this.#isOver; nth++) await this.#write([...encodeItems([step.item])]);
        break;
      case 'quiet':
      case 'awaitEnd':
        this.#timeMs += step.durationMs;
        break;
      case 'await':
        // Everything that the server sends has come already.
        break;
    }
  }

  /** Sends these writes one after the other, and reads what comes back on each. */
  async #write(chunks: readonly Uint8Array[]): Promise<void> {
    if (this.#isOver || chunks.length === 0) return;
    const { values, error, lines } = await this.#code.ask({ type: 'receive', at: 0, chunks });
    this.#lines.push(...lines);
    this.#sentBytes += chunks.slice(0, values.length).reduce((sum, { length }) => sum + length, 0);
    const answers: Uint8Array[] = [];
    for (const value of values) {
      this.#timeMs += HOP_MS;
      answers.push(...this.#read(value));
      if (this.#isOver) return;
    }
    if (error !== undefined) this.#fail(error);
    else await this.#write(answers);
  }

  /** Reads what one call returned. @returns what the client must answer */
  #read(value: Plain): Uint8Array[] {
    const reply = replyOf(value);
    if ('problem' in reply) {
      this.#fail({ name: 'Wrong answer', message: reply.problem });
      return [];
    }
    const pings = this.#push(reply.send);
    const answers = pings.map((payload) => encodeFrame({ opcode: OPCODE.pong, payload, maskingKey: 0 }));
    if (this.#transcript.closeReceived && !this.#closeSent) {
      this.#closeSent = true;
      answers.push(encodeFrame({ opcode: OPCODE.close, payload: new Uint8Array(0), maskingKey: 0 }));
    }
    if (reply.end) {
      this.#ended = true;
      this.#transcript.end(this.#timeMs, false);
    }
    return answers;
  }

  #push(bytes: Uint8Array<ArrayBuffer>): Uint8Array[] {
    if (bytes.length === 0) return [];
    this.#receivedBytes += bytes.length;
    if (this.#receivedBytes <= MAX_KEPT_BYTES) this.#received.push(bytes);
    const wasOpened = this.#transcript.opened;
    const pings = this.#transcript.push(bytes.slice(), this.#timeMs);
    if (!wasOpened && this.#transcript.opened) this.#headLength = headLengthOf(joinBytes(this.#received));
    if (this.#transcript.full || this.#receivedBytes > 2 * this.#sentBytes + MAX_UNASKED_BYTES) {
      this.#transcript.hangUp();
      this.#ended = true;
    }
    return pings;
  }

  /** An error of a server ends its connection. */
  #fail(error: CodeError): void {
    this.#error = error;
    this.#ended = true;
    this.#transcript.end(this.#timeMs, true);
  }
}

type Reply = { readonly send: Uint8Array<ArrayBuffer>; readonly end: boolean } | { readonly problem: string };

const FORM = 'return { send: bytes, end: false };';

/** Reads what `receive` returned: bytes alone, or an object with `send` and `end`; nothing at all means no bytes. */
function replyOf(value: Plain): Reply {
  const nothing = new Uint8Array(0);
  if (value === undefined || value === null) return { send: nothing, end: false };
  const bytes = bytesOf(value);
  if (bytes !== undefined) return { send: bytes, end: false };
  if (typeof value !== 'object' || value instanceof Uint8Array || Array.isArray(value)) {
    return { problem: `receive() returned a ${typeof value}. Write: ${FORM}` };
  }
  const { send, end } = value as { readonly [name: string]: Plain };
  const sent = send === undefined ? nothing : bytesOf(send);
  if (sent === undefined) return { problem: `receive() returned a send that is not a Uint8Array. Write: ${FORM}` };
  return { send: sent, end: end === true };
}

function headLengthOf(bytes: Uint8Array): number {
  for (let i = 3; i < bytes.length; i++) {
    if (bytes[i] === 10 && bytes[i - 1] === 13 && bytes[i - 2] === 10 && bytes[i - 3] === 13) return i + 1;
  }
  return bytes.length;
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
