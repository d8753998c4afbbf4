import type { Memory } from '../../src/bytes/memory/memory.ts';
import {
  type CheckedRequest,
  type CloseEvent,
  type Effect,
  type Endpoint,
  type EndpointEvent,
  type RequestHead,
  TRY_AGAIN_LATER,
  type WriteEffect,
} from '../../src/protocol/index.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import { type MemoryBudget, type MemoryHolder, MIN_COUNTED_BYTES } from '../bounds/memory-budget.ts';
import type { Swept } from '../bounds/sweeper.ts';
import { MAX_COST_PER_TURN } from '../bounds/turns.ts';
import type { Carrier } from '../socket/carrier.ts';
import { Transport, type TransportOwner, type TransportServices } from '../socket/transport.ts';
import type { WireObserver } from '../socket/wire-observer.ts';
import type { Connection, Handler, Message, SharedMessage } from './handler.ts';
import { EVENT_BYTES, Idleness } from './idleness.ts';
import type { MessageFrames } from './message-frames.ts';

/** The time in ms that counts as a cost of 1: the turn's budget is 20 ms. */
const MS_PER_COST = 20 / MAX_COST_PER_TURN;

/** Objects that all connections of one path share, so that each of ten thousand idle connections stays small. */
export interface ConnectionServices extends TransportServices {
  readonly path: string;
  readonly handler: Handler;
  readonly limits: ServerLimits;
  readonly budget: MemoryBudget;
  /** Holds the messages that are received and sent. */
  readonly memory: Memory;
  /** Whether the turn's budget pays for the time that a read takes: a few compressed bytes can stand for megabytes. */
  readonly countsTime: boolean;
  /** Called once for each connection, when TCP is gone. */
  readonly onClosed: (connection: SocketConnection) => void;
}

/** Passes an endpoint's effects on one by one. It may add effects or leave some out. */
export interface EffectFilter {
  filter(effects: Iterable<Effect>): Iterable<Effect>;
}

export interface SocketConnectionOptions {
  readonly id: number;
  readonly endpoint: Endpoint;
  readonly nowMs: number;
  /**
   * Creates what keeps the frames of each message, if the handler wants them.
   *
   * @param extensions the value of Sec-WebSocket-Extensions that both ends agreed on
   */
  readonly createFrames: ((extensions: string | undefined) => MessageFrames) | undefined;
  /** Changes the endpoint's effects, for a server that breaks rules on purpose. */
  readonly acting: EffectFilter | undefined;
  /** Records the bytes that are read and written, if somebody watches. */
  readonly observation: WireObserver | undefined;
}

/**
 * Joins a socket, an endpoint and a handler: carries out the endpoint's effects, in order. It knows nothing of the protocol
 * itself.
 */
export class SocketConnection implements Connection, TransportOwner, Swept, MemoryHolder {
  readonly id: number;
  readonly #services: ConnectionServices;
  readonly #endpoint: Endpoint;
  readonly #acting: EffectFilter | undefined;
  readonly #createFrames: SocketConnectionOptions['createFrames'];
  #frames: MessageFrames | undefined;
  readonly #transport: Transport;
  readonly #idleness: Idleness;
  #closingSinceMs: number | undefined;
  // How many of the bytes that wait to be sent are shared with other connections: those are counted once for all of them.
  #sharedBytes = 0;
  // Whether the budget may count memory for this connection.
  #counted = false;

  constructor(socket: Carrier, services: ConnectionServices, options: SocketConnectionOptions) {
    const { id, endpoint, acting, nowMs, createFrames, observation } = options;
    this.id = id;
    this.#services = services;
    this.#endpoint = endpoint;
    this.#acting = acting;
    this.#createFrames = createFrames;
    this.#transport = new Transport(socket, this, services, observation);
    this.#idleness = new Idleness(nowMs);
  }

  /**
   * @param checked the result of the checks of the request
   * @param firstChunk the bytes after the request in the same read; may be empty
   */
  open(request: RequestHead, checked: CheckedRequest, firstChunk: Uint8Array): void {
    this.#transport.cork();
    const effects = this.#endpoint.acceptRequest(request, checked);
    this.#frames = this.#createFrames?.(this.#endpoint.extensions);
    this.#follow(effects);
    if (firstChunk.length > 0) this.#transport.read(firstChunk, true);
    this.#transport.flush();
  }

  get bufferedBytes(): number {
    return this.#transport.unsentBytes;
  }

  send(message: Message | SharedMessage): void {
    const writes =
      'frame' in message ? this.#sendShared(message) : this.#endpoint.sendMessage(message.opcode, message.payload);
    for (let i = 0; i < writes.length; i++) this.#transport.write((writes[i] as WriteEffect).bytes);
  }

  close(statusCode?: number, reason?: string): void {
    // Of the status codes that a server sends, only these two report no error.
    const ordinary = statusCode === undefined || statusCode === 1000 || statusCode === 1001;
    if (!ordinary && this.#endpoint.readyState === 'open') {
      this.#services.log?.(`closed-with-${statusCode}`, `${this.#name}: closed with ${statusCode}: ${reason}`);
    }
    this.#perform(this.#endpoint.startClosingHandshake(statusCode, reason));
  }

  cutOff(statusCode: number, reason: string): void {
    this.#services.log?.('cut-off', `${this.#name}: cut off with ${statusCode}: ${reason}`);
    if (this.#endpoint.readyState === 'open') this.#perform(this.#endpoint.abandon(statusCode, reason));
    // The peer does not read: the close frame would wait behind all the unsent bytes.
    if (this.#transport.unsentBytes > 0) this.#transport.destroy();
  }

  giveUp(): void {
    // The bytes may all have been sent in the meantime.
    if (this.#heldBytes < MIN_COUNTED_BYTES) return;
    this.cutOff(TRY_AGAIN_LATER, 'it takes more memory than any other connection, and the server needs it');
  }

  receive(chunk: Uint8Array): void {
    this.#idleness.addBytes(chunk.length);
    this.#frames?.push(chunk);
    const { countsTime, pieces } = this.#services;
    const startedAtMs = countsTime ? performance.now() : 0;
    this.#follow(this.#endpoint.receive(chunk));
    if (countsTime) pieces?.turns.spend((performance.now() - startedAtMs) / MS_PER_COST);
    // Nearly always this connection held no memory before this chunk and holds none after it.
    if (this.#endpoint.heldBytes > 0 || this.#counted || this.#frames !== undefined) this.#countMemory();
  }

  unsentChanged(): void {
    if (this.#transport.waitingBytes === 0) this.#sharedBytes = 0;
    this.#countMemory();
  }

  receiveEnd(error: NodeJS.ErrnoException | undefined): void {
    const { readyState } = this.#endpoint;
    if (readyState === 'closed') return;
    // At most one log line for each connection: if this end began the closing handshake, it logged the reason then.
    const closedFromHere = readyState === 'closing';
    for (const effect of this.#endpoint.receiveEnd()) {
      if (effect.type !== 'event' || effect.event.type !== 'close') continue;
      if (!closedFromHere) this.#logEnd(effect.event, error);
      this.#closed(effect.event);
    }
  }

  /** Checks the deadline of the closing handshake or, on an open connection, the idle timeout. */
  sweep(nowMs: number): void {
    const { limits } = this.#services;
    const { readyState } = this.#endpoint;
    if (readyState === 'closing' || readyState === 'ending') {
      this.#closingSinceMs ??= nowMs;
      if (nowMs - this.#closingSinceMs >= limits.closingTimeoutMs) this.#transport.destroy();
      return;
    }
    const action = this.#idleness.sweep(nowMs, limits.idleTimeoutMs, this.#transport);
    if (action === 'ping') this.#perform(this.#endpoint.sendPing());
    if (action === 'close') this.close(1008, `nothing heard for ${limits.idleTimeoutMs} ms`);
  }

  #sendShared(message: SharedMessage): WriteEffect[] {
    const encoder = this.#endpoint.sharedEncoder;
    const frame = encoder === undefined ? message.frame : message.frameBy(encoder);
    this.#sharedBytes += frame.length;
    return this.#endpoint.sendEncoded(frame);
  }

  /**
   * How much memory this connection takes: its unfinished messages, what extensions keep of earlier ones, and the bytes that
   * wait to be sent.
   */
  get #heldBytes(): number {
    const ownWaitingBytes = Math.max(this.#transport.waitingBytes - this.#sharedBytes, 0);
    return this.#endpoint.heldBytes + (this.#frames?.heldBytes ?? 0) + ownWaitingBytes;
  }

  #countMemory(): void {
    const heldBytes = this.#heldBytes;
    this.#counted = heldBytes > 0;
    this.#services.budget.hold(this, heldBytes);
  }

  /** Carries out each effect before the next one is computed. */
  #follow(effects: Iterable<Effect>): void {
    for (const effect of this.#acting?.filter(effects) ?? effects) this.#carryOut(effect);
  }

  #perform(effects: readonly Effect[]): void {
    for (let i = 0; i < effects.length; i++) this.#carryOut(effects[i] as Effect);
  }

  #carryOut(effect: Effect): void {
    if (effect.type === 'write') this.#transport.write(effect.bytes);
    else if (effect.type === 'event') this.#dispatch(effect.event);
    else this.#transport.end();
  }

  #dispatch(event: EndpointEvent): void {
    this.#idleness.addBytes(EVENT_BYTES);
    const message = event.type === 'message';
    try {
      this.#services.handler.dispatch(
        message && this.#frames ? { ...event, frames: this.#frames.take() } : event,
        this,
      );
    } catch (error) {
      // An error in a handler ends this connection and no other.
      this.#services.log?.('handler-failed', `${this.#name}: the handler failed on ${event.type}: ${error}`);
      if (event.type !== 'close') this.#perform(this.#endpoint.startClosingHandshake(1011, 'internal error'));
    }
    if (message) this.#services.memory.done(event.payload);
  }

  #closed(event: CloseEvent): void {
    this.#transport.observation?.close(event);
    this.#services.budget.hold(this, 0);
    this.#services.onClosed(this);
    this.#dispatch(event);
  }

  #logEnd({ clean, violation }: CloseEvent, error: NodeJS.ErrnoException | undefined): void {
    const { log } = this.#services;
    if (violation) log?.(violation.rule, `${this.#name}: failed with ${violation.statusCode}, ${violation.rule}`);
    else if (!clean)
      log?.('no-close-frame', `${this.#name}: ended without a close frame${error ? ` (${error.code})` : ''}`);
  }

  /** Names the connection in the log: its number, its peer and its path. */
  get #name(): string {
    return `#${this.id} ${this.#transport.remote} ${this.#services.path}`;
  }
}
