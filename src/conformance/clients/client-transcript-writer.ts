import { joinBytes } from '../../bytes/join-bytes.ts';
import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import type { NegotiatedExtensions } from '../../protocol/extensions/negotiation.ts';
import { DEFLATE_RULES } from '../../protocol/extensions/permessage-deflate/rules.ts';
import type { FramePart } from '../../protocol/framing/frame-reader.ts';
import { isControlOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import type { RequestHead } from '../../protocol/handshake/head/head.ts';
import { checkRequest } from '../../protocol/handshake/request/check-request.ts';
import type { AssembledMessage } from '../../protocol/messages/assembler.ts';
import { Receiver } from '../../protocol/messages/receiver.ts';
import type { FrameRule } from '../../protocol/rule.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import type { Violation } from '../../protocol/violation.ts';
import { ReceivedPayload } from '../received-payload.ts';
import type { FrameFault, ReceivedClose, ReceivedEnd, ReceivedItem } from '../transcript.ts';
import { type ClientTranscript, MAX_MASKING_KEYS } from './client-transcript.ts';

/** The number of bytes that are kept for people to look at. */
const KEPT_BYTES = 1024;
/** The memory that a message, a pong or a ping takes in addition to its payload, in bytes. */
const ITEM_BYTES = 256;
/** A long message takes little memory here, and the owner of the socket hangs up on a flood. */
const LIMITS = { maxMessageBytes: Number.MAX_SAFE_INTEGER, maxFragments: Number.MAX_SAFE_INTEGER };
/** Every message that a case sends is shorter, if the client may compress its echo. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

const DEFLATE_RULE = new Map(Object.values<FrameRule>(DEFLATE_RULES).map((rule) => [rule.name, rule]));

/** Reads what a client sends in one case, after its request, and records it. Has no socket and no clock. */
export class ClientTranscriptWriter {
  readonly #request: RequestHead;
  readonly #requestFault: string | undefined;
  readonly #negotiated: NegotiatedExtensions | undefined;
  readonly #notApplicable: string | undefined;
  readonly #maxKeptBytes: number;
  readonly #receiver: Receiver;
  readonly #received: ReceivedItem[] = [];
  readonly #maskingKeys: number[] = [];
  readonly #frameLengths: number[] = [];
  #payload = new ReceivedPayload();
  #keptBytes = 0;
  #step = -1;
  #frameFault: FrameFault | undefined;
  #close: ReceivedClose | undefined;
  #end: ReceivedEnd | undefined;
  #hungUpAfter: number | undefined;
  #byteLength = 0;
  #firstBytes = new Uint8Array(0);

  /** @param maxKeptBytes the memory that messages, pongs and pings may take; reading stops there */
  constructor(
    request: RequestHead,
    maxKeptBytes: number,
    terms: { readonly negotiated?: NegotiatedExtensions | undefined; readonly notApplicable?: string | undefined } = {},
  ) {
    const checked = checkRequest(request);
    this.#request = request;
    this.#requestFault = 'refusal' in checked ? checked.refusal.sentence : undefined;
    this.#negotiated = terms.negotiated;
    this.#notApplicable = terms.notApplicable;
    this.#maxKeptBytes = maxKeptBytes;
    this.#receiver = new Receiver('client', LIMITS, {
      joinsMessages: false,
      onPart: (part) => this.#see(part),
      extensionStep: this.#negotiated?.createStep(MAX_INFLATED_BYTES),
    });
  }

  /** Whatever comes from now on belongs to this step. */
  startStep(step: number): void {
    this.#step = step;
  }

  /**
   * Reads the next bytes from the client.
   *
   * @param chunk must not be used by the caller afterwards
   * @returns the payloads of the pings in it, which the server must answer
   */
  push(chunk: Uint8Array<ArrayBuffer>, timeMs: number): Uint8Array[] {
    this.#byteLength += chunk.length;
    const missing = KEPT_BYTES - this.#firstBytes.length;
    if (missing > 0) this.#firstBytes = joinBytes([this.#firstBytes, chunk.subarray(0, missing)]);
    if (this.#stopped) return [];
    const pings: Uint8Array[] = [];
    this.#receiver.feed(chunk);
    for (let received = this.#receiver.next(); received !== undefined; received = this.#receiver.next()) {
      if ('rule' in received) this.#frameFault = this.#faultOf(received, timeMs);
      else this.#take(received, timeMs, pings);
      if (this.#stopped) break;
    }
    return pings;
  }

  /** Records that the server hangs up because the client sends far too much. */
  hangUp(): void {
    this.#hungUpAfter ??= this.#byteLength;
  }

  end(timeMs: number, reset: boolean): void {
    if (this.#end !== undefined) return;
    this.#receiver.end();
    this.#end = { timeMs, step: this.#step, reset };
  }

  get receivedCount(): number {
    return this.#received.length;
  }

  get closeReceived(): boolean {
    return this.#close !== undefined;
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  /** Whether nothing that still comes can change the verdict. */
  get over(): boolean {
    return this.#end !== undefined || this.#frameFault !== undefined;
  }

  /** Whether the client has sent more than it may. */
  get full(): boolean {
    return this.#keptBytes > this.#maxKeptBytes;
  }

  get transcript(): ClientTranscript {
    return {
      request: this.#request,
      requestFault: this.#requestFault,
      notApplicable: this.#notApplicable,
      extensions: this.#negotiated?.answer,
      received: this.#received,
      frameFault: this.#frameFault,
      close: this.#close,
      end: this.#end,
      hungUpAfter: this.#hungUpAfter,
      byteLength: this.#byteLength,
      firstBytes: this.#firstBytes,
      maskingKeys: this.#maskingKeys,
      frameLengths: this.#frameLengths,
    };
  }

  get #stopped(): boolean {
    return this.#frameFault !== undefined || this.full;
  }

  /** Called with each part of a frame that breaks no rule. */
  #see(part: FramePart): void {
    if (part.begins && this.#maskingKeys.length < MAX_MASKING_KEYS) this.#maskingKeys.push(part.maskingKey ?? 0);
    if (isControlOpcode(part.opcode)) return;
    if (part.begins && this.#frameLengths.length < MAX_MASKING_KEYS) this.#frameLengths.push(part.payloadLength);
    this.#payload.append(part.payload);
  }

  #take({ opcode, payload }: AssembledMessage, timeMs: number, pings: Uint8Array[]): void {
    if (opcode === OPCODE.close) {
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
      this.#receive(opcode, this.#payload, timeMs);
      this.#payload = new ReceivedPayload();
    }
  }

  #receive(opcode: number, payload: ReceivedPayload, timeMs: number): void {
    this.#keptBytes += ITEM_BYTES + payload.keptBytes;
    this.#received.push({ timeMs, step: this.#step, opcode, payload });
  }

  #faultOf({ rule, section }: Violation, timeMs: number): FrameFault {
    const requirement = (ruleNamed(rule) ?? DEFLATE_RULE.get(rule))?.requirement ?? '';
    return { timeMs, step: this.#step, rule, section, requirement };
  }
}
