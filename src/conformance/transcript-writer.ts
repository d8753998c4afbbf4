import { checkCloseBody, decodeCloseBody } from '../protocol/closing/close-body.ts';
import { FrameDecoder, type FramePart } from '../protocol/framing/decoder.ts';
import { isControlOpcode, OPCODE } from '../protocol/framing/opcode.ts';
import { GrowingBytes } from '../protocol/growing-bytes.ts';
import { checkResponse } from '../protocol/handshake/check-response.ts';
import type { ResponseHead } from '../protocol/handshake/head.ts';
import { DEFAULT_HEAD_LIMITS, parseResponseHead } from '../protocol/handshake/parse-head.ts';
import { MessageAssembler } from '../protocol/messages/assembler.ts';
import { MessageChecker } from '../protocol/messages/checker.ts';
import { ruleNamed } from '../protocol/rules.ts';
import type { Violation } from '../protocol/violation.ts';
import type { ExpectedItem } from './case.ts';
import { joinBytes } from './encode-step.ts';
import type { OpeningRequest } from './opening-request.ts';
import { payloadByteLength } from './payload.ts';
import { MAX_KEPT_BYTES_OF_PAYLOAD, ReceivedPayload } from './received-payload.ts';
import type { FrameFault, ReceivedClose, ReceivedEnd, ReceivedItem, Transcript } from './transcript.ts';

/** So many of the first bytes are kept for people to look at. */
const KEPT_BYTES = 1024;

/** What a message, a pong or a ping takes beside its payload, in bytes. */
const ITEM_BYTES = 256;

/** None: a long message takes little memory here, and whoever holds the socket limits what comes by what was sent. */
const LIMITS = { maxMessageBytes: Number.MAX_SAFE_INTEGER, maxFragments: Number.MAX_SAFE_INTEGER };

/** How much memory it takes to keep what has to come back, in bytes. */
export function keptBytesOf({ received }: { readonly received: readonly ExpectedItem[] }): number {
  const keptOf = ({ payload, times = 1 }: ExpectedItem) =>
    times * (ITEM_BYTES + Math.min(payloadByteLength(payload), MAX_KEPT_BYTES_OF_PAYLOAD));
  return received.reduce((sum, item) => sum + keptOf(item), 0);
}

/** Reads what a server sends in one case, and writes it down. Holds no socket and no clock. */
export class TranscriptWriter {
  readonly #request: OpeningRequest;
  readonly #decoder = new FrameDecoder();
  readonly #checker = new MessageChecker('server', LIMITS);
  readonly #control = new MessageAssembler();
  readonly #maxKeptBytes: number;
  #keptBytes = 0;
  #maxFrames = Number.POSITIVE_INFINITY;
  #frameCount = 0;
  #opcode = 0;
  #payload = new ReceivedPayload();
  readonly #received: ReceivedItem[] = [];
  #step = -1;
  readonly #head = new GrowingBytes();
  #connectError: string | undefined;
  #response: ResponseHead | undefined;
  #responseFault: string | undefined;
  #frameFault: FrameFault | undefined;
  #close: ReceivedClose | undefined;
  #end: ReceivedEnd | undefined;
  #hungUpAfter: number | undefined;
  #byteLength = 0;
  #firstBytes = new Uint8Array(0);

  /**
   * @param maxKeptBytes how much memory the messages, pongs and pings may take; what comes after that is not read. See
   * {@link keptBytesOf}
   */
  constructor(request: OpeningRequest, maxKeptBytes = Number.POSITIVE_INFINITY) {
    this.#request = request;
    this.#maxKeptBytes = maxKeptBytes;
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
   * @param maxFrames how many frames may have begun by now; what comes after that is not read
   * @returns the payloads of the pings in it, which the client has to answer
   */
  push(chunk: Uint8Array<ArrayBuffer>, timeMs: number, maxFrames = Number.POSITIVE_INFINITY): Uint8Array[] {
    this.#maxFrames = maxFrames;
    this.#byteLength += chunk.length;
    const missing = KEPT_BYTES - this.#firstBytes.length;
    if (missing > 0) this.#firstBytes = joinBytes([this.#firstBytes, chunk.subarray(0, missing)]);
    const frames = this.opened ? chunk : this.#readHead(chunk);
    return this.opened && !this.#stopped ? this.#readFrames(frames, timeMs) : [];
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

  /** Whether more has come than may come. */
  get full(): boolean {
    return this.#keptBytes > this.#maxKeptBytes || this.#frameCount > this.#maxFrames;
  }

  /** How many frames have begun. */
  get frameCount(): number {
    return this.#frameCount;
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
    const bytes = this.#head.peek();
    const parsed = parseResponseHead(bytes, DEFAULT_HEAD_LIMITS, searchFrom);
    if (parsed.kind === 'incomplete') return nothing;
    if (parsed.kind === 'refused') {
      this.#responseFault = parsed.refusal.sentence;
      return nothing;
    }
    this.#response = parsed.head;
    const checked = checkResponse(parsed.head, this.#request);
    if ('refusal' in checked) this.#responseFault = checked.refusal.sentence;
    return bytes.slice(parsed.byteLength);
  }

  get #stopped(): boolean {
    return this.#frameFault !== undefined || this.full;
  }

  #readFrames(bytes: Uint8Array, timeMs: number): Uint8Array[] {
    const pings: Uint8Array[] = [];
    this.#decoder.feed(bytes);
    for (let part = this.#decoder.next(); part !== undefined && !this.#stopped; part = this.#decoder.next()) {
      if (part.begins) this.#frameCount++;
      const broken = this.#checker.check(part) ?? this.#take(part, timeMs, pings);
      if (broken !== undefined) this.#frameFault = this.#faultOf(broken, timeMs);
    }
    return pings;
  }

  /** @returns the rule that a close frame breaks */
  #take(part: FramePart, timeMs: number, pings: Uint8Array[]): Violation | undefined {
    const { opcode, fin } = part.header;
    if (!isControlOpcode(opcode)) {
      if (part.begins && opcode !== OPCODE.continuation) this.#opcode = opcode;
      this.#payload.append(part.payload);
      if (part.ends && fin) this.#receive(this.#opcode, this.#payload, timeMs);
      return undefined;
    }
    const control = this.#control.push(part);
    if (control?.opcode === OPCODE.close) return this.#receiveClose(control.payload, timeMs);
    if (control?.opcode === OPCODE.pong) this.#receive(control.opcode, ReceivedPayload.of(control.payload), timeMs);
    if (control?.opcode === OPCODE.ping) {
      this.#keptBytes += ITEM_BYTES + control.payload.length;
      pings.push(control.payload);
    }
    return undefined;
  }

  #receive(opcode: number, payload: ReceivedPayload, timeMs: number): void {
    if (payload === this.#payload) this.#payload = new ReceivedPayload();
    this.#keptBytes += ITEM_BYTES + payload.keptBytes;
    this.#received.push({ timeMs, step: this.#step, opcode, payload });
  }

  #receiveClose(body: Uint8Array, timeMs: number): Violation | undefined {
    this.#close = { timeMs, step: this.#step, ...decodeCloseBody(body), receivedBefore: this.#received.length };
    return checkCloseBody(body, 0);
  }

  #faultOf({ rule, section }: Violation, timeMs: number): FrameFault {
    return { timeMs, step: this.#step, rule, section, requirement: ruleNamed(rule)?.requirement ?? '' };
  }
}
