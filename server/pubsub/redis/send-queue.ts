/** One message that waits. */
export interface Queued {
  readonly topic: string;
  readonly bytes: Buffer;
}

/** How much may wait, and how much of it may be on its way at a time. */
export interface SendQueueLimits {
  /** The limit of bytes that wait or are on their way. A single message may be longer, if nothing else is there. */
  readonly maxBytes: number;
  /** The limit of messages that wait: an object for each takes memory, too. */
  readonly maxMessages: number;
  /** The limit of bytes that were sent and not confirmed. What waits behind them can still be dropped. */
  readonly maxSentBytes: number;
}

/** Sends messages in order and keeps what cannot be sent yet, up to a limit. Above it, the oldest are dropped. */
export class SendQueue {
  readonly #limits: SendQueueLimits;
  readonly #send: (queued: Queued) => Promise<unknown>;
  readonly #onLost: (messages: number, bytes: number) => void;
  readonly #waiting: Queued[] = [];
  #waitingBytes = 0;
  #sentBytes = 0;

  /**
   * @param send resolves if the message has arrived, and rejects if it is lost
   * @param onLost called when messages are lost, with their number and their bytes
   */
  constructor(
    limits: SendQueueLimits,
    send: (queued: Queued) => Promise<unknown>,
    onLost: (messages: number, bytes: number) => void,
  ) {
    this.#limits = limits;
    this.#send = send;
    this.#onLost = onLost;
  }

  /** The bytes that wait, and those that are not confirmed. */
  get unsentBytes(): number {
    return this.#waitingBytes + this.#sentBytes;
  }

  add(queued: Queued): void {
    this.#waiting.push(queued);
    this.#waitingBytes += queued.bytes.length;
    this.#next();
    this.#dropOldest();
  }

  /** Drops everything that waits. */
  clear(): void {
    const [messages, bytes] = [this.#waiting.length, this.#waitingBytes];
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    if (messages > 0) this.#onLost(messages, bytes);
  }

  #next(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { length } = first.bytes;
      if (this.#sentBytes > 0 && this.#sentBytes + length > this.#limits.maxSentBytes) return;
      this.#waiting.shift();
      this.#waitingBytes -= length;
      this.#sentBytes += length;
      this.#send(first).then(
        () => this.#settled(length),
        () => {
          this.#onLost(1, length);
          this.#settled(length);
        },
      );
    }
  }

  #settled(byteLength: number): void {
    this.#sentBytes -= byteLength;
    this.#next();
  }

  /** How many messages may wait, as long as the bytes are as many as now. */
  get #maxWaiting(): number {
    return this.unsentBytes > this.#limits.maxBytes ? 0 : this.#limits.maxMessages;
  }

  #dropOldest(): void {
    let [messages, bytes] = [0, 0];
    while (this.#waiting.length > this.#maxWaiting) {
      const { length } = (this.#waiting.shift() as Queued).bytes;
      this.#waitingBytes -= length;
      messages++;
      bytes += length;
    }
    if (messages > 0) this.#onLost(messages, bytes);
  }
}
