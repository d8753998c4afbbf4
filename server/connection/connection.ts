import type { Socket } from 'node:net';
import type { Memory } from '../../src/bytes/memory/memory.ts';
import { TRY_AGAIN_LATER } from '../../src/protocol/closing/status-codes.ts';
import type { CloseEvent, Effect, EndpointEvent, WriteEffect } from '../../src/protocol/endpoint/effects.ts';
import type { Endpoint } from '../../src/protocol/endpoint/endpoint.ts';
import type { RequestHead } from '../../src/protocol/handshake/head/head.ts';
import type { CheckedRequest } from '../../src/protocol/handshake/request/check-request.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import { type MemoryBudget, type MemoryHolder, MIN_COUNTED_BYTES } from '../bounds/memory-budget.ts';
import type { Swept } from '../bounds/sweeper.ts';
import { Transport, type TransportOwner, type TransportServices } from '../socket/transport.ts';
import type { WireObserver } from '../socket/wire-observer.ts';
import type { Connection, Handler, Message } from './handler.ts';
import { EVENT_BYTES, Idleness } from './idleness.ts';
import type { MessageFrames } from './message-frames.ts';

/** What all connections of one path share: of ten thousand idle ones, each keeps only what is its own. */
export interface ConnectionServices extends TransportServices {
  readonly path: string;
  readonly handler: Handler;
  readonly limits: ServerLimits;
  readonly budget: MemoryBudget;
  /** Where messages lie that come in and go out. */
  readonly memory: Memory;
  /** Called once for each connection, when TCP is gone. */
  readonly onClosed: (connection: SocketConnection) => void;
}

/** Passes an endpoint's effects on, and may add to them or leave some out. They come one by one, as from the endpoint. */
export interface EffectFilter {
  filter(effects: Iterable<Effect>): Iterable<Effect>;
}

export interface SocketConnectionOptions {
  readonly id: number;
  readonly endpoint: Endpoint;
  readonly nowMs: number;
  /** Keeps the frames of each message, where the handler wants them. */
  readonly frames: MessageFrames | undefined;
  /** What changes the endpoint's effects: a server that breaks rules on purpose. */
  readonly acting: EffectFilter | undefined;
  /** Records what is read and written, where somebody watches. */
  readonly observation: WireObserver | undefined;
}

/**
 * A socket, an endpoint and a handler: carries out the endpoint's effects, in order, and has no
 * knowledge of the protocol itself.
 */
export class SocketConnection implements Connection, TransportOwner, Swept, MemoryHolder {
  readonly id: number;
  readonly #services: ConnectionServices;
  readonly #endpoint: Endpoint;
  readonly #acting: EffectFilter | undefined;
  readonly #frames: MessageFrames | undefined;
  readonly #transport: Transport;
  readonly #idleness: Idleness;
  #closingSinceMs: number | undefined;
  // Of what waits to be sent, the bytes that others are sent too: they are counted once, for all of them.
  #sharedBytes = 0;
  // Whether the budget may have been told that this connection holds something.
  #counted = false;

  constructor(socket: Socket, services: ConnectionServices, options: SocketConnectionOptions) {
    const { id, endpoint, acting, nowMs, frames, observation } = options;
    this.id = id;
    this.#services = services;
    this.#endpoint = endpoint;
    this.#acting = acting;
    this.#frames = frames;
    this.#transport = new Transport(socket, this, services, observation);
    this.#idleness = new Idleness(nowMs);
  }

  /**
   * @param checked what the checks of the request have come to
   * @param firstChunk what came behind it in the same read; may be empty
   */
  open(request: RequestHead, checked: CheckedRequest, firstChunk: Uint8Array): void {
    this.#transport.gather();
    this.#follow(this.#endpoint.acceptRequest(request, checked));
    if (firstChunk.length > 0) this.#transport.read(firstChunk, true);
    this.#transport.flush();
  }

  get bufferedBytes(): number {
    return this.#transport.unsentBytes;
  }

  send(message: Message): void {
    const { opcode, payload, frame } = message;
    if (frame !== undefined) this.#sharedBytes += frame.length;
    const writes = frame ? this.#endpoint.sendEncoded(frame) : this.#endpoint.sendMessage(opcode, payload);
    for (let i = 0; i < writes.length; i++) this.#transport.write((writes[i] as WriteEffect).bytes);
  }

  close(statusCode?: number, reason?: string): void {
    // Of the codes that a server sends, these two tell of nothing wrong.
    const ordinary = statusCode === undefined || statusCode === 1000 || statusCode === 1001;
    if (!ordinary && this.#endpoint.readyState === 'open') {
      this.#services.log?.(`closed-with-${statusCode}`, `${this.#name}: closed with ${statusCode}: ${reason}`);
    }
    this.#perform(this.#endpoint.startClosingHandshake(statusCode, reason));
  }

  cutOff(statusCode: number, reason: string): void {
    this.#services.log?.('cut-off', `${this.#name}: cut off with ${statusCode}: ${reason}`);
    if (this.#endpoint.readyState === 'open') this.#perform(this.#endpoint.abandon(statusCode, reason));
    // The peer does not read: the close frame would wait behind all that is to be given up.
    if (this.#transport.unsentBytes > 0) this.#transport.destroy();
  }

  giveUp(): void {
    // It may have sent it all meanwhile.
    if (this.#heldBytes < MIN_COUNTED_BYTES) return;
    this.cutOff(TRY_AGAIN_LATER, 'it takes more memory than any other connection, and the server needs it');
  }

  receive(chunk: Uint8Array): void {
    this.#idleness.heard(chunk.length);
    this.#frames?.push(chunk);
    this.#follow(this.#endpoint.receive(chunk));
    // Nearly always there is nothing to count, before or after.
    if (this.#endpoint.heldBytes > 0 || this.#counted || this.#frames !== undefined) this.#countMemory();
  }

  unsentChanged(): void {
    if (this.#transport.waitingBytes === 0) this.#sharedBytes = 0;
    this.#countMemory();
  }

  receiveEnd(error: NodeJS.ErrnoException | undefined): void {
    const { readyState } = this.#endpoint;
    if (readyState === 'closed') return;
    // One line for each connection: whoever was closed from here had theirs then, if they were to have one.
    const closedFromHere = readyState === 'closing';
    for (const effect of this.#endpoint.receiveEnd()) {
      if (effect.type !== 'event' || effect.event.type !== 'close') continue;
      if (!closedFromHere) this.#logEnd(effect.event, error);
      this.#closed(effect.event);
    }
  }

  /** Looks at the deadlines: the closing handshake's, else the silence's. */
  sweep(nowMs: number): void {
    const { limits } = this.#services;
    const { readyState } = this.#endpoint;
    if (readyState === 'closing' || readyState === 'ending') {
      this.#closingSinceMs ??= nowMs;
      if (nowMs - this.#closingSinceMs >= limits.closingTimeoutMs) this.#transport.destroy();
      return;
    }
    const due = this.#idleness.sweep(nowMs, limits.idleTimeoutMs, this.#transport);
    if (due === 'ping') this.#perform(this.#endpoint.sendPing());
    if (due === 'close') this.close(1008, `nothing heard for ${limits.idleTimeoutMs} ms`);
  }

  /** How much this connection makes the server keep: of messages that have not come whole, and of what waits to be sent. */
  get #heldBytes(): number {
    const ownWaitingBytes = Math.max(this.#transport.waitingBytes - this.#sharedBytes, 0);
    return this.#endpoint.heldBytes + (this.#frames?.heldBytes ?? 0) + ownWaitingBytes;
  }

  #countMemory(): void {
    const heldBytes = this.#heldBytes;
    this.#counted = heldBytes > 0;
    this.#services.budget.hold(this, heldBytes);
  }

  /** One by one: the next effect is computed only after this one has been carried out. */
  #follow(effects: Iterable<Effect>): void {
    for (const effect of this.#acting?.filter(effects) ?? effects) this.#carryOut(effect);
  }

  #perform(effects: readonly Effect[]): void {
    for (let i = 0; i < effects.length; i++) this.#carryOut(effects[i] as Effect);
  }

  #carryOut(effect: Effect): void {
    if (effect.type === 'write') this.#transport.write(effect.bytes);
    else if (effect.type === 'event') this.#tell(effect.event);
    else this.#transport.end();
  }

  #tell(event: EndpointEvent): void {
    this.#idleness.heard(EVENT_BYTES);
    const message = event.type === 'message';
    try {
      this.#services.handler.dispatch(
        message && this.#frames ? { ...event, frames: this.#frames.take() } : event,
        this,
      );
    } catch (error) {
      // What a handler throws ends its connection, and no other.
      this.#services.log?.('handler-failed', `${this.#name}: the handler failed on ${event.type}: ${error}`);
      if (event.type !== 'close') this.#perform(this.#endpoint.startClosingHandshake(1011, 'internal error'));
    }
    if (message) this.#services.memory.done(event.payload);
  }

  #closed(event: CloseEvent): void {
    this.#transport.observation?.close(event);
    this.#services.budget.hold(this, 0);
    this.#services.onClosed(this);
    this.#tell(event);
  }

  #logEnd({ clean, violation }: CloseEvent, error: NodeJS.ErrnoException | undefined): void {
    const { log } = this.#services;
    if (violation) log?.(violation.rule, `${this.#name}: failed with ${violation.statusCode}, ${violation.rule}`);
    else if (!clean)
      log?.('no-close-frame', `${this.#name}: ended without a close frame${error ? ` (${error.code})` : ''}`);
  }

  /** For the log: who, and where to. */
  get #name(): string {
    return `#${this.id} ${this.#transport.remote} ${this.#services.path}`;
  }
}
