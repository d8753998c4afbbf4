import type { ObserverOptions } from '../../src/inspector/observer.ts';
import type { WireMessage } from '../../src/inspector/wire.ts';
import { Channel, type Tap } from './channel.ts';
import { type Audience, Observation } from './observation.ts';
import { Ring, type RingLimits, type TapMessage } from './ring.ts';

export interface HubLimits extends RingLimits {
  /** How many tokens messages are kept for. */
  readonly maxTokens: number;
  /** How much is kept for all tokens together that are out of use: the oldest are forgotten first. As `maxTextLength`. */
  readonly maxIdleTextLength: number;
}

export const DEFAULT_HUB_LIMITS: HubLimits = {
  maxTokens: 64,
  maxMessages: 4096,
  maxTextLength: 2 * 1024 * 1024,
  maxIdleTextLength: 16 * 1024 * 1024,
};

export interface ObservedConnection extends ObserverOptions {
  /** The token that the connection was opened with, if any. */
  readonly token: string | undefined;
  /** On the clock of `performance.now()`. */
  readonly acceptedAtMs: number;
}

/**
 * Brings what is seen of connections to the taps. A connection with a token is kept for the taps
 * with the same token, early or late; one without is looked at only while a tap for all is open.
 */
export class TapHub {
  readonly #limits: HubLimits;
  readonly #channels = new Map<string, Channel>();
  readonly #all = new Channel(undefined);
  readonly #opens = new Map<number, TapMessage>();

  constructor(limits: HubLimits = DEFAULT_HUB_LIMITS) {
    this.#limits = limits;
  }

  /** Whether anybody may ever want to know of a connection. */
  mayWatch(token: string | undefined): boolean {
    return token !== undefined || this.#all.watched;
  }

  /** @returns undefined where nobody will ever want to know of the connection */
  observe({ token, acceptedAtMs, ...options }: ObservedConnection): Observation | undefined {
    const own = token === undefined ? undefined : this.#channelOf(token);
    if (own === undefined && !this.#all.watched) return undefined;
    own?.connections.add(options.connection);
    return new Observation(this.#audienceOf(own), acceptedAtMs, options);
  }

  /**
   * A tap begins: it gets what is kept for its token, then everything as it happens.
   *
   * @param token undefined for all connections that open from now on
   * @returns false where there are too many tokens already
   */
  join(token: string | undefined, tap: Tap): boolean {
    if (token === undefined) {
      this.#all.join(tap);
      // Of connections with a token that are open already it sees the rest: first, what they are.
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
    this.#forgetIdleText();
  }

  #audienceOf(own: Channel | undefined): Audience {
    const all = this.#all;
    return {
      get watching() {
        return own !== undefined || all.watched;
      },
      tell: (connection, messages) => {
        for (const message of messages) this.#tell(own, connection, message);
      },
      leave: (connection) => {
        own?.connections.delete(connection);
        this.#opens.delete(connection);
        this.#forgetIdleText();
      },
    };
  }

  #tell(own: Channel | undefined, connection: number, message: WireMessage): void {
    const tapMessage = { connection, text: JSON.stringify(message) };
    if (message.type === 'open') this.#opens.set(connection, tapMessage);
    own?.tell(tapMessage);
    this.#all.tell(tapMessage);
  }

  #channelOf(token: string): Channel | undefined {
    const existing = this.#channels.get(token);
    if (existing !== undefined) return existing;
    if (this.#channels.size >= this.#limits.maxTokens && !this.#forgetIdleToken()) return undefined;
    const channel = new Channel(new Ring(this.#limits));
    this.#channels.set(token, channel);
    return channel;
  }

  #forgetIdleToken(): boolean {
    for (const [token, channel] of this.#channels) {
      if (channel.idle) return this.#channels.delete(token);
    }
    return false;
  }

  #forgetIdleText(): void {
    const idle = [...this.#channels].filter(([, channel]) => channel.idle);
    let textLength = idle.reduce((sum, [, channel]) => sum + channel.textLength, 0);
    for (const [token, channel] of idle) {
      if (textLength <= this.#limits.maxIdleTextLength) return;
      textLength -= channel.textLength;
      this.#channels.delete(token);
    }
  }
}
