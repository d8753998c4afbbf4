import { checkCloseBody, decodeCloseBody, encodeCloseBody } from '../closing/close-body.ts';
import { ABNORMAL_CLOSURE } from '../closing/status-codes.ts';
import { FrameDecoder } from '../framing/decoder.ts';
import { encodeFrame } from '../framing/frame.ts';
import { type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import type { RequestHead } from '../handshake/head.ts';
import type { Refusal } from '../handshake/refusal.ts';
import type { ClientRequest } from '../handshake/request.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { type AssembledMessage, MessageAssembler } from '../messages/assembler.ts';
import { MessageChecker } from '../messages/checker.ts';
import { encodeText } from '../utf8.ts';
import type { Violation } from '../violation.ts';
import type { Effect, EndpointEvent } from './effects.ts';
import { answerRequest, clientOpening, type Opening, type OpeningResult, serverOpening } from './opening.ts';
import { nextReadyState, type ReadyState, type Transition } from './ready-state.ts';

export interface ServerOptions {
  readonly role: 'server';
  /** The subprotocols that this server speaks; the client's order decides among them. */
  readonly subprotocols?: readonly string[];
  readonly limits?: Partial<Limits>;
}

export interface ClientOptions {
  readonly role: 'client';
  readonly request: ClientRequest;
  /**
   * A fresh, unpredictable 32-bit number for every frame. RFC 6455 §5.3: randomness is the
   * caller's, so that this code runs the same way each time.
   */
  readonly nextMaskingKey: () => number;
  readonly limits?: Partial<Limits>;
}

/**
 * One end of a WebSocket connection, without its socket: bytes and wishes go in, effects come out,
 * in the order in which to carry them out. RFC 6455.
 *
 * It acts, and leaves the rest to others: the decoder reads frames, the checker judges them, the
 * assembler joins them to messages.
 */
export class Endpoint {
  readonly role: 'client' | 'server';
  #readyState: ReadyState = 'connecting';
  readonly #options: ServerOptions | ClientOptions;
  readonly #decoder = new FrameDecoder();
  readonly #checker: MessageChecker;
  readonly #assembler = new MessageAssembler();
  #opening: Opening | undefined;
  #headBytes = new Uint8Array(0);
  #closeSent = false;
  #peerClose: { closeCode: number; reason: string } | undefined;
  #violation: Violation | undefined;
  #refusal: Refusal | undefined;

  constructor(options: ServerOptions | ClientOptions) {
    this.role = options.role;
    this.#options = options;
    const peer = options.role === 'server' ? 'client' : 'server';
    this.#checker = new MessageChecker(peer, { ...DEFAULT_LIMITS, ...options.limits });
  }

  get readyState(): ReadyState {
    return this.#readyState;
  }

  /** The client's first act: its request. RFC 6455 §4.1. */
  connect(): Effect[] {
    const { firstBytes } = this.#openingOf();
    return firstBytes.length === 0 ? [] : [{ type: 'write', bytes: firstBytes }];
  }

  /** The server's answer to a request that an HTTP server has read already. RFC 6455 §4.2. */
  acceptRequest(request: RequestHead): Effect[] {
    if (this.#options.role !== 'server' || this.#readyState !== 'connecting') {
      throw new Error('acceptRequest() is for a server that is still connecting');
    }
    return this.#endOpening(answerRequest(request, this.#options.subprotocols ?? []));
  }

  /**
   * Takes the next bytes from TCP. RFC 6455 §6.2.
   *
   * The effects come one by one: the next is computed after the caller has carried out the one
   * before, so that what a program sends upon a message goes out before a close frame that stood
   * behind that message is answered. Take them all.
   *
   * @param chunk given away: payloads are unmasked in place
   */
  *receive(chunk: Uint8Array): Generator<Effect, void, undefined> {
    let frames: Uint8Array | undefined = chunk;
    if (this.#readyState === 'connecting') {
      const opened = this.#readHead(chunk);
      yield* opened.effects;
      frames = opened.rest;
    }
    if (!this.#reading) return;
    for (const part of this.#decoder.push(frames)) {
      const violation = this.#checker.check(part);
      if (violation !== undefined) {
        yield* this.fail(violation);
        return;
      }
      const message = this.#assembler.push(part);
      if (message === undefined) continue;
      if (message.opcode === OPCODE.close) {
        yield* this.#receiveClose(message.payload, part.header.headerLength);
        return;
      }
      if (message.opcode === OPCODE.ping && this.#readyState === 'open')
        yield this.#frame(OPCODE.pong, message.payload);
      // A program that has said it is closing is told nothing more but the close.
      if (this.#readyState === 'open') yield { type: 'event', event: eventOf(message) };
      if (!this.#reading) return;
    }
  }

  /** TCP has ended, whoever ended it and however. RFC 6455 §7.1.4. */
  receiveEnd(): Effect[] {
    if (!this.#move('tcpClosed')) return [];
    const clean = this.#closeSent && this.#peerClose !== undefined;
    const { closeCode, reason } = this.#peerClose ?? { closeCode: ABNORMAL_CLOSURE, reason: '' };
    const [violation, refusal] = [this.#violation, this.#refusal];
    return [{ type: 'event', event: { type: 'close', closeCode, reason, clean, violation, refusal } }];
  }

  /** Sends a text message. RFC 6455 §6.1. */
  sendText(text: string): Effect[] {
    return this.sendMessage(OPCODE.text, encodeText(text));
  }

  /** Sends a binary message. RFC 6455 §6.1. */
  sendBinary(payload: Uint8Array): Effect[] {
    return this.sendMessage(OPCODE.binary, payload);
  }

  /**
   * Sends a message in one frame. RFC 6455 §6.1.
   *
   * @param payload copied; UTF-8 for a text message
   * @returns nothing once the closing handshake has begun: it is too late to send
   * @throws Error before the opening handshake is done
   */
  sendMessage(opcode: MessageOpcode, payload: Uint8Array): Effect[] {
    return this.#maySend() ? [this.#frame(opcode, payload)] : [];
  }

  /** Sends a message in as many frames as there are pieces. RFC 6455 §5.4. */
  sendFragments(opcode: MessageOpcode, pieces: readonly Uint8Array[]): Effect[] {
    if (!this.#maySend()) return [];
    return pieces.map((piece, i) =>
      this.#frame(i === 0 ? opcode : OPCODE.continuation, piece, i === pieces.length - 1),
    );
  }

  /** Sends a whole frame that was encoded before: a broadcast encodes once for all its receivers. */
  sendEncoded(bytes: Uint8Array<ArrayBuffer>): Effect[] {
    return this.#maySend() ? [{ type: 'write', bytes }] : [];
  }

  /** @param payload at most 125 bytes. RFC 6455 §5.5.2. */
  sendPing(payload: Uint8Array = new Uint8Array(0)): Effect[] {
    return this.#maySend() ? [this.#frame(OPCODE.ping, payload)] : [];
  }

  /** @param payload at most 125 bytes. RFC 6455 §5.5.3. */
  sendPong(payload: Uint8Array = new Uint8Array(0)): Effect[] {
    return this.#maySend() ? [this.#frame(OPCODE.pong, payload)] : [];
  }

  /**
   * Sends a close frame; the peer's answer ends the connection. RFC 6455 §7.1.2.
   *
   * @param statusCode undefined for a close frame without a body
   * @throws RangeError for a code that must not be sent, or a reason of more than 123 bytes
   */
  startClosingHandshake(statusCode?: number, reason = ''): Effect[] {
    const body = encodeCloseBody(statusCode, reason);
    if (!this.#maySend()) return [];
    return [this.#closeFrame(body, 'closeSent')];
  }

  /** Fails the connection: says why, and ends TCP without waiting for an answer. RFC 6455 §7.1.7. */
  fail(violation: Violation): Effect[] {
    if (!this.#reading) return [];
    this.#violation = violation;
    const reason = `${violation.rule} (RFC 6455 section ${violation.section})`;
    const effects: Effect[] = [];
    if (this.#closeSent) this.#move('failed');
    else effects.push(this.#closeFrame(encodeCloseBody(violation.statusCode, reason), 'failed'));
    effects.push({ type: 'closeTcp' });
    return effects;
  }

  /** §5.5.1: the answer is a close frame with the same status code. §7.1.1: then the server ends TCP. */
  *#receiveClose(payload: Uint8Array, headerLength: number): Generator<Effect, void, undefined> {
    const violation = checkCloseBody(payload, headerLength);
    if (violation !== undefined) {
      yield* this.fail(violation);
      return;
    }
    this.#peerClose = decodeCloseBody(payload);
    if (this.#closeSent) this.#move('closeReceived');
    else yield this.#closeFrame(payload.subarray(0, 2), 'closeReceived');
    if (this.role === 'server') yield { type: 'closeTcp' };
  }

  #readHead(chunk: Uint8Array): { effects: Effect[]; rest: Uint8Array } {
    const bytes = new Uint8Array(this.#headBytes.length + chunk.length);
    bytes.set(this.#headBytes);
    bytes.set(chunk, this.#headBytes.length);
    const read = this.#openingOf().read(bytes);
    this.#headBytes = read === undefined ? bytes : new Uint8Array(0);
    if (read === undefined) return { effects: [], rest: new Uint8Array(0) };
    return { effects: this.#endOpening(read.result), rest: bytes.subarray(read.byteLength) };
  }

  #openingOf(): Opening {
    const options = this.#options;
    this.#opening ??=
      options.role === 'server' ? serverOpening(options.subprotocols ?? []) : clientOpening(options.request);
    return this.#opening;
  }

  #endOpening(result: OpeningResult): Effect[] {
    const effects: Effect[] = result.reply.length === 0 ? [] : [{ type: 'write', bytes: result.reply }];
    if (result.kind === 'refused') {
      this.#refusal = result.refusal;
      this.#move('failed');
      return [...effects, { type: 'closeTcp' }];
    }
    this.#move('handshakeDone');
    const { request, response, subprotocol } = result;
    return [...effects, { type: 'event', event: { type: 'open', request, response, subprotocol } }];
  }

  get #reading(): boolean {
    return this.#readyState === 'open' || this.#readyState === 'closing';
  }

  #maySend(): boolean {
    if (this.#readyState === 'connecting') throw new Error('nothing can be sent before the opening handshake is done');
    return this.#readyState === 'open';
  }

  #frame(opcode: number, payload: Uint8Array, fin = true): Effect {
    const maskingKey = this.#options.role === 'client' ? this.#options.nextMaskingKey() : undefined;
    return { type: 'write', bytes: encodeFrame({ fin, opcode, payload, maskingKey }) };
  }

  #closeFrame(body: Uint8Array, transition: Transition): Effect {
    this.#closeSent = true;
    this.#move(transition);
    return this.#frame(OPCODE.close, body);
  }

  #move(transition: Transition): boolean {
    const next = nextReadyState(this.#readyState, transition);
    if (next !== undefined) this.#readyState = next;
    return next !== undefined;
  }
}

function eventOf({ opcode, payload }: AssembledMessage): EndpointEvent {
  if (opcode === OPCODE.ping) return { type: 'ping', payload };
  if (opcode === OPCODE.pong) return { type: 'pong', payload };
  return { type: 'message', opcode: opcode as MessageOpcode, payload };
}
