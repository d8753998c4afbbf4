import { encodeText } from '../../text/utf8.ts';
import { decodeCloseBody, encodeCloseBody } from '../closing/close-body.ts';
import type { MessageEncoder } from '../extensions/extension.ts';
import type { NegotiatedExtensions } from '../extensions/negotiation.ts';
import { type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import type { RequestHead } from '../handshake/head/head.ts';
import { type CheckedRequest, checkRequest } from '../handshake/request/check-request.ts';
import { completeLimits } from '../limits.ts';
import type { AssembledMessage } from '../messages/assembler.ts';
import { Receiver } from '../messages/receiver.ts';
import type { Violation } from '../violation.ts';
import { ConnectionLife } from './connection-life.ts';
import type { Effect, EndpointEvent, WriteEffect } from './effects.ts';
import { answerRequest, clientOpening, type Opening, type OpeningResult, serverOpening } from './opening.ts';
import type { ClientOptions, ServerOptions } from './options.ts';
import { RawFrames } from './raw-frames.ts';
import type { ReadyState } from './ready-state.ts';
import { Sender } from './sender.ts';

export type { ClientOptions, ServerOptions } from './options.ts';

/**
 * One end of a WebSocket connection, without its socket: received bytes and requests to send go in, and effects come out,
 * in the order in which to carry them out. RFC 6455.
 *
 * It makes the decisions and leaves the work to others: the opening reads and answers heads, the receiver turns bytes into
 * messages or violations, the sender makes frames, and the connection life keeps the ready state.
 *
 * Its owner has a socket and a clock, and must do three things:
 *
 * - Carry out every effect of every call, in order. {@link receive} is a generator: if nobody iterates it, nothing happens.
 * - Copy the parts of a payload that it keeps: a payload is `BorrowedBytes`, valid until the call returns.
 * - Pass plain `Uint8Array`s, not Node's `Buffer`s: `new Uint8Array(buffer)` copies one. A payload is a view of the same
 *   kind as its chunk, and `slice()` of a `Buffer` does not copy.
 */
export class Endpoint {
  readonly #options: ClientOptions | ServerOptions;
  // Created when the first bytes arrive: most connections are idle, and it takes more memory than all other fields together.
  #receiver: Receiver | undefined;
  readonly #sender: Sender;
  readonly #life = new ConnectionLife();
  // Only while the ready state is 'connecting'. A server creates it when the first bytes of a request arrive.
  #opening: Opening | undefined;
  #rawFrames: RawFrames | undefined;
  #negotiated: NegotiatedExtensions | undefined;
  #encoder: MessageEncoder | undefined;

  /** @throws RangeError if a client's request cannot be made: its key or a subprotocol is malformed */
  constructor(options: ClientOptions | ServerOptions) {
    const server = options.role === 'server';
    this.#options = options;
    if (!server) this.#opening = clientOpening(options.request, options.extensions);
    this.#sender = server ? (options.sender ?? SERVER_SENDER) : new Sender(undefined, options.nextMaskingKey);
  }

  get role(): 'client' | 'server' {
    return this.#options.role;
  }

  get readyState(): ReadyState {
    return this.#life.readyState;
  }

  /** The value of Sec-WebSocket-Extensions that both ends agreed on; undefined if they agreed on none. RFC 6455 §9.1. */
  get extensions(): string | undefined {
    return this.#negotiated?.answer;
  }

  /** How much memory an unfinished message takes, and what the extensions keep of earlier messages, in bytes. */
  get heldBytes(): number {
    return this.#receiver?.heldBytes ?? 0;
  }

  /** Starts a client's opening handshake: sends its request. RFC 6455 §4.1. */
  connect(): Effect[] {
    const bytes = this.#opening?.firstBytes;
    return bytes === undefined || bytes.length === 0 ? [] : [{ type: 'write', bytes }];
  }

  /**
   * Answers a request that an HTTP server has already read. RFC 6455 §4.2.
   *
   * @param checked the result of the checks, if the caller has already run them
   * @throws Error for a client, and once the opening handshake is over
   */
  acceptRequest(request: RequestHead, checked: CheckedRequest = checkRequest(request)): Effect[] {
    if (this.#options.role !== 'server' || this.#life.readyState !== 'connecting') {
      throw new Error('not a server that is connecting');
    }
    return this.#endOpening(answerRequest(request, checked, this.#options));
  }

  /**
   * Takes the next bytes from TCP. RFC 6455 §6.2.
   *
   * The effects come one by one: each is computed after the caller has carried out the one before. So the answer that a
   * program sends to a message goes out before the answer to a close frame after that message. Nothing is read until the
   * caller asks for the first effect. Iterate to the end before you pass the next bytes.
   *
   * @param chunk the endpoint's from now on: payloads are unmasked in place. A plain `Uint8Array`, not a Node `Buffer`
   */
  *receive(chunk: Uint8Array): Generator<Effect, void, undefined> {
    let frames = chunk;
    if (this.#life.readyState === 'connecting') {
      const opened = this.#openingOf(this.#options).push(chunk);
      if (opened === undefined) return;
      yield* this.#endOpening(opened.result);
      frames = opened.rest;
    }
    if (!this.#life.receives || frames.length === 0) return;
    this.#receiver ??= createReceiver(this.#options, this.#negotiated);
    const receiver = this.#receiver;
    receiver.feed(frames);
    for (let received = receiver.next(); received !== undefined; received = receiver.next()) {
      if ('rule' in received) return yield* this.fail(received);
      if (received.opcode === OPCODE.close) return yield* this.#receiveClose(received.payload);
      // §5.5.2: every ping is answered, until the peer's close frame.
      if (received.opcode === OPCODE.ping) yield this.#sender.control(OPCODE.pong, received.payload);
      // A program that has started the closing handshake gets no more events, except the close.
      if (this.readyState === 'open') yield { type: 'event', event: eventOf(received) };
      if (!this.#life.receives) return;
    }
  }

  /** TCP has ended, for whatever reason. RFC 6455 §7.1.4. */
  receiveEnd(): Effect[] {
    this.#opening = undefined;
    this.#releaseMemory();
    const event = this.#life.end();
    return event === undefined ? [] : [eventEffect(event)];
  }

  /** Sends a text message; a lone surrogate becomes U+FFFD. RFC 6455 §6.1. As {@link sendMessage}. */
  sendText(text: string): WriteEffect[] {
    return this.sendMessage(OPCODE.text, encodeText(text));
  }

  /** Sends a binary message. RFC 6455 §6.1. As {@link sendMessage}. */
  sendBinary(payload: Uint8Array): WriteEffect[] {
    return this.sendMessage(OPCODE.binary, payload);
  }

  /**
   * Sends a message in one frame. RFC 6455 §6.1.
   *
   * @param payload UTF-8 for a text message. Do not change it afterwards: a long one is sent without a copy
   * @returns no effects after the closing handshake has begun: it is too late to send
   * @throws Error before the opening handshake is done, as all methods that send do
   */
  sendMessage(opcode: MessageOpcode, payload: Uint8Array): WriteEffect[] {
    if (this.readyState !== 'open') return this.#sendNothing();
    const encoder = this.sharedEncoder;
    const encoded = encoder?.encode(payload);
    return encoder && encoded
      ? this.#sender.fragments((opcode | encoder.reservedBits) as MessageOpcode, [encoded])
      : this.#sender.message(opcode, payload);
  }

  /** Sends a message with one frame for each piece, as it is. Without pieces, sends nothing. RFC 6455 §5.4. */
  sendFragments(opcode: MessageOpcode, pieces: readonly Uint8Array[]): WriteEffect[] {
    return this.readyState === 'open' ? this.#sender.fragments(opcode, pieces) : this.#sendNothing();
  }

  /** Sends a frame that is already encoded: a server encodes a broadcast once for all its receivers. */
  sendEncoded(bytes: Uint8Array<ArrayBuffer>): WriteEffect[] {
    // An encoder of another connection may have made it.
    this.#encoder?.forget();
    return this.readyState === 'open' ? [{ type: 'write', bytes }] : this.#sendNothing();
  }

  /**
   * Sends any bytes, legal or not: for an endpoint that breaks rules on purpose. If they contain a close frame, it counts
   * as this endpoint's own, and the endpoint sends no second one.
   *
   * @param bytes frames, or the next piece of one. Do not change them afterwards
   * @returns no effects after TCP has ended
   */
  sendRaw(bytes: Uint8Array): WriteEffect[] {
    const { readyState } = this;
    if (readyState === 'connecting' || readyState === 'closed') return this.#sendNothing();
    this.#rawFrames ??= new RawFrames();
    if (this.#rawFrames.closes(bytes)) this.#life.sendClose();
    return [{ type: 'write', bytes: bytes as Uint8Array<ArrayBuffer> }];
  }

  /** Sends a ping. RFC 6455 §5.5.2. @throws RangeError for a payload of more than 125 bytes */
  sendPing(payload: Uint8Array = new Uint8Array(0)): WriteEffect[] {
    return this.readyState === 'open' ? [this.#sender.control(OPCODE.ping, payload)] : this.#sendNothing();
  }

  /** Sends an unsolicited pong. RFC 6455 §5.5.3. @throws RangeError for a payload of more than 125 bytes */
  sendPong(payload: Uint8Array = new Uint8Array(0)): WriteEffect[] {
    return this.readyState === 'open' ? [this.#sender.control(OPCODE.pong, payload)] : this.#sendNothing();
  }

  /**
   * Sends a close frame; the peer's answer ends the connection. RFC 6455 §7.1.2.
   *
   * @param statusCode undefined for a close frame without a body
   * @throws RangeError for a code that must not be sent, or a reason of more than 123 bytes
   */
  startClosingHandshake(statusCode?: number, reason = ''): WriteEffect[] {
    const body = encodeCloseBody(statusCode, reason);
    if (this.readyState !== 'open') return this.#sendNothing();
    this.#life.sendClose();
    return [this.#sender.control(OPCODE.close, body)];
  }

  /**
   * Ends an open connection without waiting for the peer's close frame: sends a close frame, releases the memory of an
   * unfinished message, and ends TCP. For example for a server that is out of memory: an endpoint may end TCP at any time.
   * RFC 6455 §7.1.1.
   *
   * @throws RangeError as {@link startClosingHandshake}
   */
  abandon(statusCode: number, reason: string): Effect[] {
    const effects: Effect[] = this.startClosingHandshake(statusCode, reason);
    this.#releaseMemory();
    return [...effects, { type: 'closeTcp' }];
  }

  /** Fails an open connection: sends a close frame with the reason, and ends TCP without waiting for an answer. RFC 6455 §7.1.7. */
  fail(violation: Violation): Effect[] {
    if (!this.#life.receives) return [];
    const { rule, section, statusCode } = violation;
    const effects: Effect[] = [{ type: 'closeTcp' }];
    if (this.readyState === 'open') {
      const body = encodeCloseBody(statusCode, `${rule} (RFC 6455 section ${section})`);
      effects.unshift(this.#sender.control(OPCODE.close, body));
    }
    this.#life.fail(violation);
    return effects;
  }

  /**
   * The encoder with which a message for many receivers is encoded: they can share the result if their encoders have the same
   * key. Undefined if messages go out as they are.
   */
  get sharedEncoder(): MessageEncoder | undefined {
    if (this.readyState !== 'open') return undefined;
    this.#encoder ??= this.#negotiated?.createEncoder();
    return this.#encoder;
  }

  #releaseMemory(): void {
    this.#receiver?.end();
    this.#encoder?.end();
  }

  /** §5.5.1: the answer is a close frame with the same status code. §7.1.1: then the server ends TCP. */
  *#receiveClose(body: Uint8Array): Generator<Effect, void, undefined> {
    const answers = this.readyState === 'open';
    this.#life.receiveClose(decodeCloseBody(body));
    if (answers) yield this.#sender.control(OPCODE.close, body.subarray(0, 2));
    if (this.role === 'server') yield { type: 'closeTcp' };
  }

  #endOpening(result: OpeningResult): Effect[] {
    this.#opening = undefined;
    const effects: Effect[] = result.reply.length === 0 ? [] : [{ type: 'write', bytes: result.reply }];
    if (result.kind === 'refused') {
      this.#life.refuse(result.refusal);
      return [...effects, { type: 'closeTcp' }];
    }
    this.#life.open();
    const { request, accepted, response, subprotocol, negotiated } = result;
    this.#negotiated = negotiated;
    return [...effects, eventEffect({ type: 'open', request, accepted, response, subprotocol })];
  }

  #openingOf(options: ClientOptions | ServerOptions): Opening {
    // A client created its own in the constructor.
    this.#opening ??= serverOpening(options.role === 'server' ? options : {});
    return this.#opening;
  }

  /** For when it is too late to send. @throws Error if it is too early */
  #sendNothing(): [] {
    if (this.readyState === 'connecting') throw new Error('the opening handshake is not over');
    return [];
  }
}

function createReceiver(options: ClientOptions | ServerOptions, negotiated?: NegotiatedExtensions): Receiver {
  const peer = options.role === 'client' ? 'server' : 'client';
  const limits = completeLimits(options.limits);
  return new Receiver(peer, limits, { ...options, extensionStep: negotiated?.createStep(limits.maxMessageBytes) });
}

/** A server does not mask, so all its connections can share one sender. RFC 6455 §5.1. */
const SERVER_SENDER = new Sender();

function eventEffect(event: EndpointEvent): Effect {
  return { type: 'event', event };
}

/** The event that reports a message, a ping or a pong to the program. */
function eventOf({ opcode, payload }: AssembledMessage): EndpointEvent {
  if (opcode === OPCODE.ping) return { type: 'ping', payload };
  if (opcode === OPCODE.pong) return { type: 'pong', payload };
  return { type: 'message', opcode: opcode as MessageOpcode, payload };
}
