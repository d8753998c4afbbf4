import { GrowingBytes } from '../bytes/growing-bytes.ts';
import { decodeCloseBody } from '../protocol/closing/close-body.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { checkResponse } from '../protocol/handshake/check-response.ts';
import type { ResponseHead } from '../protocol/handshake/head.ts';
import { DEFAULT_HEAD_LIMITS, parseResponseHead } from '../protocol/handshake/parse-head.ts';
import type { AssembledMessage } from '../protocol/messages/assembler.ts';
import { Receiver } from '../protocol/messages/receiver.ts';
import { ruleNamed } from '../protocol/rules.ts';
import type { Violation } from '../protocol/violation.ts';
import { joinBytes } from './encode-step.ts';
import type { OpeningRequest } from './opening-request.ts';
import type { FrameFault, ReceivedClose, ReceivedEnd, ReceivedItem, Transcript } from './transcript.ts';

/** So many of the first bytes are kept for people to look at. */
const KEPT_BYTES = 1024;

/** None: whoever holds the socket bounds what may come back by what was sent. */
const LIMITS = { maxMessageBytes: Number.MAX_SAFE_INTEGER, maxFragments: Number.MAX_SAFE_INTEGER };

/** Reads what a server sends in one case, and writes it down. Holds no socket and no clock. */
export class TranscriptWriter {
  readonly #request: OpeningRequest;
  readonly #head = new GrowingBytes();
  readonly #receiver = new Receiver('server', LIMITS);
  readonly #received: ReceivedItem[] = [];
  #step = -1;
  #connectError: string | undefined;
  #response: ResponseHead | undefined;
  #responseFault: string | undefined;
  #frameFault: FrameFault | undefined;
  #close: ReceivedClose | undefined;
  #end: ReceivedEnd | undefined;
  #hungUpAfter: number | undefined;
  #byteLength = 0;
  #firstBytes = new Uint8Array(0);

  constructor(request: OpeningRequest) {
    this.#request = request;
  }

  /** From here on, what comes belongs to this step. */
  startStep(step: number): void {
    this.#step = step;
  }

  failToConnect(reason: string): void {
    this.#connectError = reason;
  }

  /**
   * Takes the next bytes from the server.
   *
   * @param chunk given away
   * @returns the payloads of the pings in it, which the client has to answer
   */
  push(chunk: Uint8Array<ArrayBuffer>, timeMs: number): Uint8Array[] {
    this.#byteLength += chunk.length;
    const missing = KEPT_BYTES - this.#firstBytes.length;
    if (missing > 0) this.#firstBytes = joinBytes([this.#firstBytes, chunk.subarray(0, missing)]);
    const frames = this.opened ? chunk : this.#readHead(chunk);
    return this.opened && this.#frameFault === undefined ? this.#readFrames(frames, timeMs) : [];
  }

  /** Notes that the client ends TCP, because of too much that it has not asked for. */
  hangUp(): void {
    this.#hungUpAfter ??= this.#byteLength;
  }

  end(timeMs: number, reset: boolean): void {
    this.#end ??= { timeMs, step: this.#step, reset };
  }

  /** Whether the opening handshake is done, and right. */
  get opened(): boolean {
    return this.#response !== undefined && this.#responseFault === undefined;
  }

  /** Whether the response's head is there, right or wrong. */
  get answered(): boolean {
    return this.#response !== undefined || this.#responseFault !== undefined;
  }

  /** How many messages and pongs have come. */
  get receivedCount(): number {
    return this.#received.length;
  }

  get closeReceived(): boolean {
    return this.#close !== undefined;
  }

  /** Whether nothing more can come that matters. */
  get over(): boolean {
    return this.#end !== undefined || this.#frameFault !== undefined || this.#connectError !== undefined;
  }

  get transcript(): Transcript {
    return {
      connectError: this.#connectError,
      response: this.#response,
      responseFault: this.#responseFault,
      received: this.#received,
      frameFault: this.#frameFault,
      close: this.#close,
      end: this.#end,
      hungUpAfter: this.#hungUpAfter,
      byteLength: this.#byteLength,
      firstBytes: this.#firstBytes,
    };
  }

  #readHead(chunk: Uint8Array): Uint8Array {
    const nothing = new Uint8Array(0);
    if (this.answered) return nothing;
    const searchFrom = this.#head.length;
    this.#head.append(chunk);
    const parsed = parseResponseHead(this.#head.peek(), DEFAULT_HEAD_LIMITS, searchFrom);
    if (parsed.kind === 'incomplete') return nothing;
    if (parsed.kind === 'refused') {
      this.#responseFault = parsed.refusal.sentence;
      return nothing;
    }
    this.#response = parsed.head;
    const checked = checkResponse(parsed.head, this.#request);
    if ('refusal' in checked) this.#responseFault = checked.refusal.sentence;
    return this.#head.take().slice(parsed.byteLength);
  }

  #readFrames(bytes: Uint8Array, timeMs: number): Uint8Array[] {
    const pings: Uint8Array[] = [];
    this.#receiver.feed(bytes);
    for (let received = this.#receiver.next(); received !== undefined; received = this.#receiver.next()) {
      if ('rule' in received) {
        this.#frameFault = this.#faultOf(received, timeMs);
        break;
      }
      if (received.opcode === OPCODE.ping) pings.push(received.payload);
      else this.#receive(received, timeMs);
    }
    return pings;
  }

  #receive({ opcode, payload }: AssembledMessage, timeMs: number): void {
    const when = { timeMs, step: this.#step };
    if (opcode !== OPCODE.close) this.#received.push({ ...when, opcode, payload });
    else this.#close = { ...when, ...decodeCloseBody(payload), receivedBefore: this.#received.length };
  }

  #faultOf({ rule, section }: Violation, timeMs: number): FrameFault {
    return { timeMs, step: this.#step, rule, section, requirement: ruleNamed(rule)?.requirement ?? '' };
  }
}
