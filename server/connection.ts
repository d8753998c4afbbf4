import type { Socket } from 'node:net';
import type { CloseEvent, Effect, EndpointEvent } from '../src/protocol/endpoint/effects.ts';
import type { Endpoint } from '../src/protocol/endpoint/endpoint.ts';
import type { RequestHead } from '../src/protocol/handshake/head.ts';
import type { Connection, Handler, HandlerEvent, Message } from './handlers/handler.ts';
import { Idleness } from './idleness.ts';
import type { ServerLimits } from './limits.ts';
import type { MessageFrames } from './message-frames.ts';
import type { Swept } from './sweeper.ts';
import { Transport, type TransportOptions, type TransportOwner } from './transport.ts';

export interface SocketConnectionOptions extends TransportOptions {
  readonly id: number;
  /** For the log: who, and where to. */
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly handler: Handler;
  readonly limits: Pick<ServerLimits, 'idleTimeoutMs' | 'closingTimeoutMs' | 'maxUnsentBytes'>;
  readonly nowMs: number;
  /** Keeps the frames of each message, where the handler wants them. */
  readonly frames: MessageFrames | undefined;
  /** Called once, when TCP is gone. */
  readonly onClosed: (connection: SocketConnection) => void;
}

/**
 * A socket, an endpoint and a handler: carries out the endpoint's effects, in order, and has no
 * knowledge of the protocol itself.
 */
export class SocketConnection implements Connection, TransportOwner, Swept {
  readonly id: number;
  readonly #options: SocketConnectionOptions;
  readonly #endpoint: Endpoint;
  readonly #transport: Transport;
  readonly #idleness: Idleness;
  #closingSinceMs: number | undefined;

  constructor(socket: Socket, options: SocketConnectionOptions) {
    this.id = options.id;
    this.#options = options;
    this.#endpoint = options.endpoint;
    this.#transport = new Transport(socket, this, options);
    this.#idleness = new Idleness(options.limits.idleTimeoutMs, options.nowMs);
  }

  /**
   * @param request one that keeps every rule
   * @param firstChunk what came behind it in the same read; may be empty
   */
  open(request: RequestHead, firstChunk: Uint8Array): void {
    this.#perform(this.#endpoint.acceptRequest(request));
    this.#transport.receive(firstChunk);
  }

  get bufferedBytes(): number {
    return this.#transport.unsentBytes;
  }

  send(message: Message): void {
    const { opcode, payload, frame } = message;
    this.#perform(frame ? this.#endpoint.sendEncoded(frame) : this.#endpoint.sendMessage(opcode, payload));
  }

  close(statusCode?: number, reason?: string): void {
    this.#perform(this.#endpoint.startClosingHandshake(statusCode, reason));
  }

  receive(chunk: Uint8Array): void {
    this.#idleness.heardBytes(chunk.length);
    this.#options.frames?.push(chunk);
    this.#perform(this.#endpoint.receive(chunk));
  }

  receiveEnd(error: NodeJS.ErrnoException | undefined): void {
    if (this.#endpoint.readyState === 'closed') return;
    for (const effect of this.#endpoint.receiveEnd()) {
      if (effect.type === 'event' && effect.event.type === 'close') this.#closed(effect.event, error);
    }
  }

  /** Looks at the deadlines: the closing handshake's, else the silence's. */
  sweep(nowMs: number): void {
    const { limits } = this.#options;
    const { readyState } = this.#endpoint;
    if (readyState === 'closing' || readyState === 'ending') {
      this.#closingSinceMs ??= nowMs;
      if (nowMs - this.#closingSinceMs >= limits.closingTimeoutMs) this.#transport.destroy();
      return;
    }
    const due = this.#idleness.sweep(nowMs, this.#transport);
    if (due === 'ping') this.#perform(this.#endpoint.sendPing());
    if (due === 'close') this.close(1008, `nothing heard for ${limits.idleTimeoutMs} ms`);
  }

  #perform(effects: Iterable<Effect>): void {
    for (const effect of effects) {
      if (effect.type === 'write') this.#transport.write(effect.bytes);
      else if (effect.type === 'event') this.#tell(effect.event);
      else this.#transport.end();
    }
  }

  #tell(event: EndpointEvent): void {
    this.#idleness.heardEvent();
    const { frames } = this.#options;
    if (event.type === 'message' && frames) this.#dispatch({ ...event, frames: frames.take() });
    else this.#dispatch(event);
  }

  #closed(event: CloseEvent, error: NodeJS.ErrnoException | undefined): void {
    const { observation, onClosed } = this.#options;
    observation?.close(event);
    this.#logEnd(event, error);
    onClosed(this);
    this.#dispatch(event);
  }

  #dispatch(event: HandlerEvent): void {
    try {
      this.#options.handler.dispatch(event, this);
    } catch (error) {
      this.#options.log(`${this.#options.name}: the handler failed on ${event.type}: ${error}`);
      if (event.type !== 'close') this.close(1011, 'internal error');
    }
  }

  #logEnd({ clean, violation }: CloseEvent, error: NodeJS.ErrnoException | undefined): void {
    const { log, name } = this.#options;
    if (violation) log(`${name}: failed with ${violation.statusCode}, ${violation.rule}`);
    else if (!clean) log(`${name}: ended without a close frame${error ? ` (${error.code})` : ''}`);
  }
}
