import { ConnectionObserver } from '../inspector/wire/observer.ts';
import type { WireMessage } from '../inspector/wire/wire.ts';
import type { Effect, EndpointEvent } from '../protocol/endpoint/effects.ts';
import { Endpoint } from '../protocol/endpoint/endpoint.ts';
import type { ReadyState } from '../protocol/endpoint/ready-state.ts';
import type { MessageOpcode } from '../protocol/framing/opcode.ts';
import type { Limits } from '../protocol/limits.ts';
import type { ActingServer } from './acting-server.ts';

/** One of the two ends of the connection. */
export type Side = 'client' | 'server';

/** How the server answers its events, `open` and `close` included. */
export type LoopbackHandler = (
  event: EndpointEvent,
  send: (opcode: MessageOpcode, payload: Uint8Array) => void,
) => void;

export interface LoopbackOptions {
  /** Path and query: `/echo`. */
  readonly path: string;
  readonly host: string;
  /** `echo` sends every message back. */
  readonly handler?: 'echo' | LoopbackHandler;
  /** The value of the client's Sec-WebSocket-Key. */
  readonly key: string;
  readonly nextMaskingKey: () => number;
  /** The time in milliseconds, by any clock. */
  readonly now: () => number;
  readonly connection?: number;
  /** The subprotocols that the client offers, its favorite first. The server supports all of them. */
  readonly subprotocols?: readonly string[];
  readonly origin?: string;
  /** The limits of the server. */
  readonly limits?: Partial<Limits>;
  /** Replaces the server's end with one that breaks rules on purpose. */
  readonly server?: ActingServer;
}

/** Bytes, or the end of TCP, on their way to one side. */
type InFlight = { readonly to: Side; readonly bytes: Uint8Array | 'end' };

const echo: LoopbackHandler = (event, send) => {
  if (event.type === 'message') send(event.opcode, event.payload);
};

/**
 * A client and a server that are joined in memory: both ends of a connection, without a network.
 *
 * Every call returns the messages that a tap between the two would have streamed during the call, in order.
 */
export class Loopback {
  readonly #options: LoopbackOptions;
  readonly #ends: Readonly<Record<Side, Endpoint>>;
  readonly #handler: LoopbackHandler;
  readonly #observer: ConnectionObserver;
  #connectedAtMs = 0;
  readonly #inFlight: InFlight[] = [];
  #messages: WireMessage[] = [];
  #clientEvents: EndpointEvent[] = [];

  constructor(options: LoopbackOptions) {
    const { path, host, key, nextMaskingKey, origin, subprotocols = [], limits = {}, connection = 1 } = options;
    this.#options = options;
    const request = { host, target: path, key, subprotocols, ...(origin !== undefined && { origin }) };
    this.#ends = {
      client: new Endpoint({ role: 'client', request, nextMaskingKey }),
      server: options.server?.endpoint ?? new Endpoint({ role: 'server', subprotocols, limits }),
    };
    this.#handler = options.handler === undefined || options.handler === 'echo' ? echo : options.handler;
    const [withoutQuery = ''] = path.split('?', 1);
    this.#observer = new ConnectionObserver({ connection, path: withoutQuery, remote: 'in memory', limits });
  }

  /** The ready state of one side. */
  readyState(side: Side): ReadyState {
    return this.#ends[side].readyState;
  }

  /** The opening handshake. RFC 6455 §4. */
  connect(): WireMessage[] {
    this.#connectedAtMs = this.#options.now();
    this.#record(this.#observer.open(0));
    return this.#perform('client', this.#ends.client.connect());
  }

  /** Sends a message in one frame. RFC 6455 §6.1. */
  send(opcode: MessageOpcode, payload: Uint8Array, from: Side = 'client'): WireMessage[] {
    return this.#perform(from, this.#ends[from].sendMessage(opcode, payload));
  }

  /** Sends a message in as many frames as there are pieces. RFC 6455 §5.4. */
  sendFragments(opcode: MessageOpcode, pieces: readonly Uint8Array[], from: Side = 'client'): WireMessage[] {
    return this.#perform(from, this.#ends[from].sendFragments(opcode, pieces));
  }

  /** @param payload at most 125 bytes. RFC 6455 §5.5.2. */
  ping(from: Side, payload?: Uint8Array): WireMessage[] {
    return this.#perform(from, this.#ends[from].sendPing(payload));
  }

  /** Starts the closing handshake. RFC 6455 §7.1.2. */
  close(statusCode?: number, reason?: string, from: Side = 'client'): WireMessage[] {
    return this.#perform(from, this.#ends[from].startClosingHandshake(statusCode, reason));
  }

  /**
   * Sends a message and starts the closing handshake before anything can answer: the server's answer to the message
   * crosses the close frame on its way. RFC 6455 §7.1.2.
   */
  sendAndClose(opcode: MessageOpcode, payload: Uint8Array, statusCode?: number, reason?: string): WireMessage[] {
    const { client } = this.#ends;
    const effects = [...client.sendMessage(opcode, payload), ...client.startClosingHandshake(statusCode, reason)];
    return this.#perform('client', effects);
  }

  /** One side ends TCP without a close frame: it has waited long enough. RFC 6455 §7.1.5. */
  endTcp(from: Side): WireMessage[] {
    this.#inFlight.push({ to: otherSide(from), bytes: 'end' });
    return this.#perform(from, []);
  }

  /** Puts any bytes on the wire, to show broken rules. */
  sendRaw(from: Side, bytes: Uint8Array): WireMessage[] {
    return this.#perform(from, this.#ends[from].sendRaw(bytes));
  }

  /** The events of the client's JavaScript since the last call. Pings and pongs cause none. */
  takeClientEvents(): EndpointEvent[] {
    const events = this.#clientEvents;
    this.#clientEvents = [];
    return events;
  }

  /** Carries out the effects of one side, and everything that follows from them. */
  #perform(side: Side, effects: Iterable<Effect>): WireMessage[] {
    this.#carryOut(side, effects);
    for (let next = this.#inFlight.shift(); next !== undefined; next = this.#inFlight.shift()) {
      if (next.bytes === 'end') this.#endTcp(next.to);
      else this.#carryOut(next.to, this.#receive(next.to, next.bytes.slice()));
    }
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  #receive(side: Side, bytes: Uint8Array): Iterable<Effect> {
    const effects = this.#ends[side].receive(bytes);
    return side === 'server' ? (this.#options.server?.filter(effects) ?? effects) : effects;
  }

  #carryOut(side: Side, effects: Iterable<Effect>): void {
    for (const effect of effects) {
      if (effect.type === 'closeTcp') this.#inFlight.push({ to: otherSide(side), bytes: 'end' });
      else if (effect.type === 'event') this.#tell(side, effect.event);
      else this.#transmit(side, effect.bytes);
    }
  }

  #transmit(from: Side, bytes: Uint8Array): void {
    this.#record(this.#observer.chunk(from === 'client' ? 'in' : 'out', bytes, this.#timeMs));
    this.#inFlight.push({ to: otherSide(from), bytes });
  }

  /** Adds messages one by one: raw bytes can hold more frames than a call can have arguments. */
  #record(messages: readonly WireMessage[]): void {
    for (const message of messages) this.#messages.push(message);
  }

  #tell(side: Side, event: EndpointEvent): void {
    if (side === 'client') {
      if (event.type !== 'ping' && event.type !== 'pong') this.#clientEvents.push(event);
      return;
    }
    if (event.type === 'close') this.#record(this.#observer.close(this.#timeMs, event));
    const { server } = this.#ends;
    this.#handler(event, (opcode, payload) => this.#carryOut('server', server.sendMessage(opcode, payload)));
  }

  /** One side sees that TCP has ended, and ends it in the other direction too. */
  #endTcp(side: Side): void {
    const effects = this.#ends[side].receiveEnd();
    if (effects.length === 0) return;
    this.#carryOut(side, effects);
    this.#inFlight.push({ to: otherSide(side), bytes: 'end' });
  }

  get #timeMs(): number {
    return this.#options.now() - this.#connectedAtMs;
  }
}

function otherSide(side: Side): Side {
  return side === 'client' ? 'server' : 'client';
}
