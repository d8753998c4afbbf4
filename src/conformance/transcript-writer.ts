import { GrowingBytes } from '../bytes/growing-bytes.ts';
import { joinBytes } from '../bytes/join-bytes.ts';
import { decodeCloseBody } from '../protocol/closing/close-body.ts';
import type { ClientExtensions, NegotiatedExtensions } from '../protocol/extensions/negotiation.ts';
import type { DeflateCodec } from '../protocol/extensions/permessage-deflate/codec.ts';
import { DeflateClient } from '../protocol/extensions/permessage-deflate/permessage-deflate.ts';
import { DEFLATE_RULES } from '../protocol/extensions/permessage-deflate/rules.ts';
import type { FramePart } from '../protocol/framing/frame-reader.ts';
import { isControlOpcode, OPCODE } from '../protocol/framing/opcode.ts';
import { DEFAULT_HEAD_LIMITS, type ResponseHead } from '../protocol/handshake/head/head.ts';
import { parseResponseHead } from '../protocol/handshake/head/parse-head.ts';
import { checkResponse } from '../protocol/handshake/response/check-response.ts';
import type { AssembledMessage } from '../protocol/messages/assembler.ts';
import { Receiver } from '../protocol/messages/receiver.ts';
import type { FrameRule } from '../protocol/rule.ts';
import { ruleNamed } from '../protocol/rules.ts';
import type { Violation } from '../protocol/violation.ts';
import type { EchoHabits } from './adapt-case.ts';
import type { ExpectedItem } from './case.ts';
import type { OpeningRequest } from './opening-request.ts';
import { payloadByteLength } from './payload.ts';
import { MAX_KEPT_BYTES_OF_PAYLOAD, ReceivedPayload } from './received-payload.ts';
import type { FrameFault, ReceivedClose, ReceivedEnd, ReceivedItem, Transcript } from './transcript.ts';

/** The number of bytes that are kept for people to look at. */
const KEPT_BYTES = 1024;

/** The memory that a message, a pong or a ping takes in addition to its payload, in bytes. */
const ITEM_BYTES = 256;

/** No limits: a long message takes little memory here, and the owner of the socket hangs up on a flood. */
const LIMITS = { maxMessageBytes: Number.MAX_SAFE_INTEGER, maxFragments: Number.MAX_SAFE_INTEGER };

/** No case expects a longer message that is compressed. */
const MAX_INFLATED_BYTES = 1024 * 1024;

const DEFLATE_RULE = new Map(Object.values<FrameRule>(DEFLATE_RULES).map((rule) => [rule.name, rule]));

/** The memory that the expected answers take, in bytes. */
export function keptBytesOf({ received }: { readonly received: readonly ExpectedItem[] }): number {
  const keptOf = ({ payload, times = 1 }: ExpectedItem) =>
    times * (ITEM_BYTES + Math.min(payloadByteLength(payload), MAX_KEPT_BYTES_OF_PAYLOAD));
  return received.reduce((sum, item) => sum + keptOf(item), 0);
}

/** Reads what a server sends in one case and records it. Has no socket and no clock. */
export class TranscriptWriter {
  readonly #request: OpeningRequest;
  readonly #head = new GrowingBytes();
  // A long message is compared as it arrives, and not kept.
  #receiver: Receiver | undefined;
  readonly #extensions: ClientExtensions | undefined;
  #negotiated: NegotiatedExtensions | undefined;
  readonly #maxKeptBytes: number;
  #keptBytes = 0;
  #maxFrames = Number.POSITIVE_INFINITY;
  #frameCount = 0;
  #payload = new ReceivedPayload();
  #greetingsLeft: number;
  readonly #prefix: Uint8Array;
  /** How many bytes of the prefix the message has had so far; all of it also after a byte that is another. */
  #prefixAt = 0;
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

  /**
   * @param maxKeptBytes the memory that messages, pongs and pings may take; reading stops there. See {@link keptBytesOf}
   * @param codec inflates what a server compresses; without it, a server that accepts an offer counts as wrong
   */
  constructor(
    request: OpeningRequest,
    maxKeptBytes = Number.POSITIVE_INFINITY,
    codec?: DeflateCodec,
    { greetings = 0, echoPrefix = new Uint8Array(0) }: EchoHabits = {},
  ) {
    this.#greetingsLeft = greetings;
    this.#prefix = echoPrefix;
    this.#request = request;
    const { deflate } = request;
    this.#extensions = codec && deflate && new DeflateClient({ codec, offers: deflate });
    this.#maxKeptBytes = maxKeptBytes;
  }

  /** Whatever comes from now on belongs to this step. */
  startStep(step: number): void {
    this.#step = step;
  }

  failToConnect(reason: string): void {
    this.#connectError = reason;
  }

  /**
   * Reads the next bytes from the server.
   *
   * @param chunk must not be used by the caller afterwards
   * @param maxFrames the number of frames that may have begun so far; past it, nothing after this chunk is read
   * @returns the payloads of the pings in it, which the client must answer
   */
  push(chunk: Uint8Array<ArrayBuffer>, timeMs: number, maxFrames = Number.POSITIVE_INFINITY): Uint8Array[] {
    this.#maxFrames = maxFrames;
    this.#byteLength += chunk.length;
    const missing = KEPT_BYTES - this.#firstBytes.length;
    if (missing > 0) this.#firstBytes = joinBytes([this.#firstBytes, chunk.subarray(0, missing)]);
    const frames = this.opened ? chunk : this.#readHead(chunk);
    return this.opened && !this.#stopped ? this.#readFrames(frames, timeMs) : [];
  }

  /** Records that the client hangs up because the server sends far too much. */
  hangUp(): void {
    this.#hungUpAfter ??= this.#byteLength;
  }

  end(timeMs: number, reset: boolean): void {
    this.#receiver?.end();
    this.#end ??= { timeMs, step: this.#step, reset };
  }

  /** Whether the opening handshake succeeded. */
  get opened(): boolean {
    return this.#response !== undefined && this.#responseFault === undefined;
  }

  /** The value of Sec-WebSocket-Extensions that both ends agreed on. */
  get extensions(): string | undefined {
    return this.#negotiated?.answer;
  }

  /** Whether a response has come, correct or not. */
  get answered(): boolean {
    return this.#response !== undefined || this.#responseFault !== undefined;
  }

  /** The number of messages and pongs that have come. */
  get receivedCount(): number {
    return this.#received.length;
  }

  get closeReceived(): boolean {
    return this.#close !== undefined;
  }

  /** Whether nothing that still comes can change the verdict. */
  get over(): boolean {
    return this.#end !== undefined || this.#frameFault !== undefined || this.#connectError !== undefined;
  }

  /** Whether the server has sent more than it may. */
  get full(): boolean {
    return this.#keptBytes > this.#maxKeptBytes || this.#frameCount > this.#maxFrames;
  }

  /** The number of frames that have begun. */
  get frameCount(): number {
    return this.#frameCount;
  }

  get transcript(): Transcript {
    return {
      connectError: this.#connectError,
      response: this.#response,
      extensions: this.extensions,
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
    const checked = checkResponse(parsed.head, { ...this.#request, extensions: this.#extensions });
    if ('refusal' in checked) this.#responseFault = checked.refusal.sentence;
    else this.#negotiated = checked.negotiated;
    return this.#head.take().slice(parsed.byteLength);
  }

  get #stopped(): boolean {
    return this.#frameFault !== undefined || this.full;
  }

  #readFrames(bytes: Uint8Array, timeMs: number): Uint8Array[] {
    const pings: Uint8Array[] = [];
    this.#receiver ??= this.#createReceiver();
    const receiver = this.#receiver;
    receiver.feed(bytes);
    for (let received = receiver.next(); received !== undefined; received = receiver.next()) {
      if ('rule' in received) this.#frameFault = this.#faultOf(received, timeMs);
      else this.#take(received, timeMs, pings);
      if (this.#stopped) break;
    }
    return pings;
  }

  #createReceiver(): Receiver {
    return new Receiver('server', LIMITS, {
      joinsMessages: false,
      onPart: (part) => this.#see(part),
      extensionStep: this.#negotiated?.createStep(MAX_INFLATED_BYTES),
    });
  }

  /** Called with each part of a frame that breaks no rule. */
  #see(part: FramePart): void {
    if (part.begins) this.#frameCount++;
    if (!isControlOpcode(part.opcode)) this.#append(part.payload);
  }

  /** Adds to the message what is not the prefix of every echo. */
  #append(bytes: Uint8Array): void {
    const prefix = this.#prefix;
    let at = 0;
    while (this.#prefixAt < prefix.length && at < bytes.length && bytes[at] === prefix[this.#prefixAt]) {
      at++;
      this.#prefixAt++;
    }
    if (this.#prefixAt < prefix.length && at < bytes.length) this.#keepPrefix();
    this.#payload.append(bytes.subarray(at));
  }

  /** The message does not begin with the whole prefix, so what it has of it is its own. */
  #keepPrefix(): void {
    this.#payload.append(this.#prefix.subarray(0, this.#prefixAt));
    this.#prefixAt = this.#prefix.length;
  }

  #take({ opcode, payload }: AssembledMessage, timeMs: number, pings: Uint8Array[]): void {
    if (opcode === OPCODE.close) {
      // A client reads nothing after the first close frame. RFC 6455 §5.5.1.
      const first = this.#close;
      this.#close =
        first === undefined
          ? { timeMs, step: this.#step, ...decodeCloseBody(payload), receivedBefore: this.#received.length }
          : { ...first, laterCloses: (first.laterCloses ?? 0) + 1 };
    } else if (opcode === OPCODE.ping) {
      this.#keptBytes += ITEM_BYTES + payload.length;
      pings.push(payload);
    } else if (opcode === OPCODE.pong) this.#receive(opcode, ReceivedPayload.of(payload), timeMs);
    else {
      if (this.#prefixAt < this.#prefix.length) this.#keepPrefix();
      if (this.#greetingsLeft > 0) this.#greetingsLeft--;
      else this.#receive(opcode, this.#payload, timeMs);
      this.#payload = new ReceivedPayload();
      this.#prefixAt = 0;
    }
  }

  #receive(opcode: number, payload: ReceivedPayload, timeMs: number): void {
    this.#keptBytes += ITEM_BYTES + payload.keptBytes;
    this.#received.push({ timeMs, step: this.#step, opcode, payload });
  }

  #faultOf({ rule, section }: Violation, timeMs: number): FrameFault {
    return {
      timeMs,
      step: this.#step,
      rule,
      section,
      requirement: (ruleNamed(rule) ?? DEFLATE_RULE.get(rule))?.requirement ?? '',
    };
  }
}
