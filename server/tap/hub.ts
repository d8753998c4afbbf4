import type { ObserverOptions, WireMessage } from '../../src/inspector/index.ts';
import { OPCODE } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { MemoryBudget } from '../bounds/memory-budget.ts';
import { Turns } from '../bounds/turns.ts';
import { encodeMessage } from '../connection/encoded-message.ts';
import { Channel, type Tap } from './channel.ts';
import { type Audience, Observation } from './observation.ts';
import { Ring, type RingLimits, type TapMessage } from './ring.ts';

export interface HubLimits extends RingLimits {
  /** The number of tokens for which messages are kept. */
  readonly maxTokens: number;
  /** The bytes that are kept for all unused tokens together. The oldest tokens are dropped first. */
  readonly maxIdleBytes: number;
}

export const DEFAULT_HUB_LIMITS: HubLimits = {
  maxTokens: 64,
  maxMessages: 4096,
  maxBytes: 2 * 1024 * 1024,
  maxIdleBytes: 16 * 1024 * 1024,
};

export interface ObservedConnection extends ObserverOptions {
  /** The token of the connection, if it has one. */
  readonly token: string | undefined;
  /** On the clock of `performance.now()`. */
  readonly acceptedAtMs: number;
}

/** Shared by all parts of a server. */
export interface HubServices {
  readonly budget: MemoryBudget;
  readonly turns: Turns;
}

/**
 * Passes observations of connections to the taps. A connection with a token is recorded for the taps with the same
 * token, whenever they come. A connection without one is observed only while a tap without a token is open.
 */
export class TapHub {
  readonly #limits: HubLimits;
  readonly #services: HubServices;
  readonly #channels = new Map<string, Channel>();
  readonly #all: Channel;
  readonly #opens = new Map<number, TapMessage>();

  constructor(
    limits: HubLimits = DEFAULT_HUB_LIMITS,
    services: HubServices = { budget: new MemoryBudget(), turns: new Turns() },
  ) {
    this.#limits = limits;
    this.#services = services;
    this.#all = new Channel(undefined, services.budget);
  }

  /** Whether a tap may ever want to see a connection. */
  mayWatch(token: string | undefined): boolean {
    return token !== undefined || this.#all.watched;
  }

  /** @returns undefined if no tap can ever see the connection */
  observe({ token, acceptedAtMs, ...options }: ObservedConnection): Observation | undefined {
    const own = token === undefined ? undefined : this.#channelOf(token);
    if (own === undefined && !this.#all.watched) return undefined;
    own?.connections.add(options.connection);
    return new Observation(this.#audienceOf(own), this.#services, acceptedAtMs, options);
  }

  /**
   * Adds a tap. It gets the messages that are kept for its token, and then everything as it happens.
   *
   * @param token undefined for all connections that open from now on
   * @returns false if there are too many tokens
   */
  join(token: string | undefined, tap: Tap): boolean {
    if (token === undefined) {
      this.#all.join(tap);
      // Of open connections with a token it sees the rest, so it must first learn which they are.
      for (const open of this.#opens.values()) tap.deliver(open);
      return true;
    }
    const channel = this.#channelOf(token);
    channel?.join(tap);
    return channel !== undefined;
  }

  leave(token: string | undefined, tap: Tap): void {
    const channel = token === undefined ? this.#all : this.#channels.get(token);
    channel?.leave(tap);
    this.#forgetIdleMessages();
  }

  #audienceOf(own: Channel | undefined): Audience {
    const all = this.#all;
    return {
      get watching() {
        return (own !== undefined && !own.forgotten) || all.watched;
      },
      tell: (connection, messages) => {
        for (const message of messages) this.#tell(own, connection, message);
      },
      leave: (connection) => {
        own?.connections.delete(connection);
        this.#opens.delete(connection);
        this.#forgetIdleMessages();
      },
    };
  }

  #tell(own: Channel | undefined, connection: number, message: WireMessage): void {
    const encoded = encodeMessage(OPCODE.text, encodeText(JSON.stringify(message)));
    const tapMessage = { connection, encoded };
    if (message.type === 'open') this.#opens.set(connection, tapMessage);
    if (own !== undefined && !own.forgotten) own.tell(tapMessage);
    this.#all.tell(tapMessage);
  }

  #channelOf(token: string): Channel | undefined {
    const existing = this.#channels.get(token);
    if (existing !== undefined) return existing;
    if (this.#channels.size >= this.#limits.maxTokens && !this.#makeRoom()) return undefined;
    const channel = new Channel(new Ring(this.#limits), this.#services.budget);
    this.#channels.set(token, channel);
    return channel;
  }

  /**
   * Frees a token: the oldest unused one, or else the oldest that no tap watches. Any page on this machine can open
   * connections with tokens that nobody watches. Only a tap, opened by our own pages and by programs, keeps its token.
   *
   * @returns false if every token is watched
   */
  #makeRoom(): boolean {
    const channels = [...this.#channels];
    const [token, channel] =
      channels.find(([, { idle }]) => idle) ?? channels.find(([, { watched }]) => !watched) ?? [];
    if (token === undefined || channel === undefined) return false;
    this.#forget(token, channel);
    return true;
  }

  #forgetIdleMessages(): void {
    const idle = [...this.#channels].filter(([, channel]) => channel.idle);
    let byteLength = idle.reduce((sum, [, channel]) => sum + channel.byteLength, 0);
    for (const [token, channel] of idle) {
      if (byteLength <= this.#limits.maxIdleBytes) return;
      byteLength -= channel.byteLength;
      this.#forget(token, channel);
    }
  }

  #forget(token: string, channel: Channel): void {
    this.#channels.delete(token);
    channel.forget();
  }
}
