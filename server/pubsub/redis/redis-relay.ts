import { randomBytes } from 'node:crypto';
import { createClient } from 'redis';
import { DEFAULT_LIMITS } from '../../../src/protocol/index.ts';
import { countBytes, countNoun } from '../../../src/text/count.ts';
import type { Message } from '../../connection/handler.ts';
import type { Log } from '../../log.ts';
import type { Relay } from '../relay.ts';
import type { RedisAddress } from './redis-address.ts';
import { packMessage, SERVER_ID_BYTES, unpackMessage } from './relay-frame.ts';
import { SendQueue, type SendQueueLimits } from './send-queue.ts';

/** The number changes with the form of the messages: servers of two versions do not hear each other. */
const CHANNEL_PREFIX = 'framelight:1:';

export interface RedisRelayOptions {
  readonly log?: Log;
  readonly queue?: SendQueueLimits;
  /** Longer messages are not taken from Redis. */
  readonly maxMessageBytes?: number;
}

const DEFAULT_QUEUE: SendQueueLimits = {
  maxBytes: 4 * 1024 * 1024,
  maxMessages: 10_000,
  maxSentBytes: 1024 * 1024,
};

const MIN_RETRY_MS = 50;
const MAX_RETRY_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A Redis that answers no ping for this long is as good as gone: its connections are opened anew. */
const SILENCE_TIMEOUT_MS = 15_000;
const PING_INTERVAL_MS = 5_000;
/** A server starts without Redis after this long, and goes on trying. */
const MAX_WAIT_AT_START_MS = 2_000;
const MAX_WAIT_AT_CLOSE_MS = 1_000;

type Client = ReturnType<typeof clientFor>;

interface Joined {
  readonly listener: (packed: Buffer) => void;
  /** Whether Redis has refused the subscription, or was lost before it answered. */
  failed: boolean;
}

/**
 * Opens two connections to Redis, one to publish and one to subscribe, whatever the number of topics. Resolves when both
 * are there, or as soon as it is known that Redis is away: the relay goes on trying.
 */
export async function openRedisRelay(address: RedisAddress, options: RedisRelayOptions = {}): Promise<RedisRelay> {
  const relay = new RedisRelay(address, options);
  await relay.firstAttempt;
  return relay;
}

/**
 * Carries messages through Redis pub/sub, which delivers each message at most once and keeps none.
 *
 * While Redis is away, messages reach the subscribers of this server alone. They are not kept: the other servers have lost
 * Redis too, and nobody would be there to get them. If Redis is slow, messages wait up to a limit, and then the oldest are
 * dropped. The log has both.
 */
export class RedisRelay implements Relay {
  /** Resolves when the connections are there, or the first attempt has failed. */
  readonly firstAttempt: Promise<void>;
  readonly #name: string;
  readonly #log: Log;
  readonly #maxMessageBytes: number;
  readonly #serverId = new Uint8Array(randomBytes(SERVER_ID_BYTES));
  readonly #ownId = Buffer.from(this.#serverId).toString('hex');
  readonly #publisher: Client;
  readonly #subscriber: Client;
  readonly #queue: SendQueue;
  readonly #joined = new Map<string, Joined>();
  readonly #losses: Losses;
  #away = false;
  #closed = false;

  constructor(address: RedisAddress, options: RedisRelayOptions) {
    this.#name = address.name;
    this.#log = options.log ?? (() => {});
    this.#maxMessageBytes = options.maxMessageBytes ?? DEFAULT_LIMITS.maxMessageBytes;
    this.#losses = new Losses((sentence) => this.#log('relay-lost', sentence));
    // A message that comes while Redis is away must not wait in the client.
    this.#publisher = clientFor(address, true);
    this.#subscriber = clientFor(address, false);
    this.#queue = new SendQueue(
      options.queue ?? DEFAULT_QUEUE,
      ({ topic, bytes }) => this.#publisher.publish(CHANNEL_PREFIX + topic, bytes),
      (messages, bytes) => this.#losses.add(messages, bytes, this.#away ? 'is away' : 'is slow'),
    );
    this.#subscriber.on('ready', () => this.#joinAgain());
    const opened = [this.#publisher, this.#subscriber].map((client) => this.#open(client));
    const { promise: waited, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, MAX_WAIT_AT_START_MS);
    this.firstAttempt = Promise.race([Promise.all(opened), waited]).then(() => clearTimeout(timer));
  }

  /** The bytes that wait for Redis. */
  get unsentBytes(): number {
    return this.#queue.unsentBytes;
  }

  join(topic: string, onMessage: (message: Message) => void): void {
    const joined: Joined = {
      listener: (packed) => {
        // A subscription can live on for a moment after its end.
        if (this.#joined.get(topic) === joined) this.#receive(packed, topic, onMessage);
      },
      failed: false,
    };
    this.#joined.set(topic, joined);
    this.#subscribe(topic, joined);
  }

  leave(topic: string): void {
    const joined = this.#joined.get(topic);
    if (joined === undefined) return;
    this.#joined.delete(topic);
    // If the connection is lost, so is the subscription.
    this.#subscriber.unsubscribe(CHANNEL_PREFIX + topic, joined.listener, true).catch(() => {});
  }

  send(topic: string, message: Message): void {
    if (this.#closed) return;
    if (this.#publisher.isReady) this.#queue.add({ topic, bytes: packMessage(message, this.#serverId) });
    else this.#losses.add(1, message.payload.length, 'is away');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#losses.report();
    await Promise.all([this.#publisher, this.#subscriber].map(closeClient));
  }

  /** @returns resolves when the client is there, or its first attempt has failed */
  #open(client: Client): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    client.on('error', (error: Error) => {
      this.#lost(error);
      resolve();
    });
    client.on('ready', () => {
      this.#found();
      resolve();
    });
    // It is rejected only if the relay is closed before Redis was there: errors go to the listener.
    client.connect().catch(() => {});
    return promise;
  }

  #lost(error: NodeJS.ErrnoException): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    this.#queue.clear();
    const hint = /NOAUTH|WRONGPASS|NOPERM/.test(error.message) ? ' Check the user and the password in --pubsub.' : '';
    this.#log(
      'relay-away',
      `Redis at ${this.#name} is away (${reasonOf(error)}). Messages reach only this server's own clients until it is back.${hint}`,
    );
  }

  #found(): void {
    if (!this.#publisher.isReady || !this.#subscriber.isReady) return;
    this.#losses.report();
    const again = this.#away ? ' again' : '';
    this.#away = false;
    this.#log('relay-there', `Redis at ${this.#name} carries messages to the other servers${again}.`);
  }

  #subscribe(topic: string, joined: Joined): void {
    joined.failed = false;
    this.#subscriber.subscribe(CHANNEL_PREFIX + topic, joined.listener, true).catch((error: Error) => {
      joined.failed = true;
      if (this.#closed || this.#away) return;
      this.#log('relay-subscribe', `Redis at ${this.#name} did not take a subscription (${reasonOf(error)}).`);
    });
  }

  /** The client repeats subscriptions that Redis had confirmed. These are the others. */
  #joinAgain(): void {
    for (const [topic, joined] of this.#joined) if (joined.failed) this.#subscribe(topic, joined);
  }

  #receive(packed: Buffer, topic: string, onMessage: (message: Message) => void): void {
    const read = unpackMessage(packed, this.#maxMessageBytes);
    if ('problem' in read)
      this.#log(
        'relay-malformed',
        `Redis at ${this.#name} has a message for ${topic} that was ignored: ${read.problem}.`,
      );
    else if (read.from !== this.#ownId) onMessage(read);
  }
}

/** @param rejectsAtOnce whether a command fails while Redis is away; if not, it waits for Redis */
function clientFor({ url }: RedisAddress, rejectsAtOnce: boolean) {
  return createClient({
    url,
    disableOfflineQueue: rejectsAtOnce,
    pingInterval: PING_INTERVAL_MS,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      reconnectStrategy: (retries) => Math.min(MIN_RETRY_MS * 2 ** Math.min(retries, 10), MAX_RETRY_MS),
    },
  });
}

async function closeClient(client: Client): Promise<void> {
  if (!client.isOpen) return;
  if (!client.isReady) return client.destroy();
  // It sends what it was given, unless Redis has stopped reading.
  const { promise: waited, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, MAX_WAIT_AT_CLOSE_MS);
  await Promise.race([client.close().catch(() => {}), waited]);
  clearTimeout(timer);
  client.destroy();
}

/** Redis answers with a word in capitals and a sentence; the system with a code. Neither repeats what we sent. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return code ?? message;
}

/** Counts the messages that did not reach the other servers: one line when that begins, and one with the sum. */
class Losses {
  readonly #write: (sentence: string) => void;
  #messages = 0;
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (sentence: string) => void) {
    this.#write = write;
  }

  add(messages: number, bytes: number, reason: string): void {
    if (this.#messages === 0) {
      this.#write(`Redis ${reason}: messages are lost for the other servers.`);
      this.#timer = setTimeout(() => this.report(), REPORT_AFTER_MS).unref();
    }
    this.#messages += messages;
    this.#bytes += bytes;
  }

  report(): void {
    clearTimeout(this.#timer);
    if (this.#messages === 0) return;
    this.#write(
      `${countNoun(this.#messages, 'message')} (${countBytes(this.#bytes)}) did not reach the other servers.`,
    );
    this.#messages = 0;
    this.#bytes = 0;
  }
}

const REPORT_AFTER_MS = 10_000;
