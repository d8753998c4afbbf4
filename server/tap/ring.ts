import type { EncodedMessage } from '../connection/encoded-message.ts';

/** One tap message: JSON, encoded once as the frame that all taps get. */
export interface TapMessage {
  readonly connection: number;
  readonly encoded: EncodedMessage;
}

export interface RingLimits {
  readonly maxMessages: number;
  /** The sum for all frames. */
  readonly maxBytes: number;
}

/** The latest messages, for taps that join late. Older messages are dropped and counted. */
export class Ring {
  readonly #limits: RingLimits;
  readonly #droppedOf = new Map<number, number>();
  #messages: TapMessage[] = [];
  #first = 0;
  #byteLength = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  add(message: TapMessage): void {
    this.#messages.push(message);
    this.#byteLength += message.encoded.frame.length;
    while (this.#tooMuch) this.#dropFirst();
  }

  /** The length of all frames that are still here, in bytes. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** The messages that are still here, in order. */
  get messages(): readonly TapMessage[] {
    return this.#messages.slice(this.#first);
  }

  /** The number of dropped messages of each connection. */
  get dropped(): Iterable<[connection: number, messages: number]> {
    return this.#droppedOf;
  }

  /** Drops and counts all messages. */
  clear(): void {
    while (this.#byteLength > 0) this.#dropFirst();
  }

  get #tooMuch(): boolean {
    const { maxMessages, maxBytes } = this.#limits;
    return this.#messages.length - this.#first > maxMessages || this.#byteLength > maxBytes;
  }

  #dropFirst(): void {
    const first = this.#messages[this.#first] as TapMessage;
    this.#byteLength -= first.encoded.frame.length;
    this.#first++;
    if (this.#first * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#first);
      this.#first = 0;
    }
    this.#count(first.connection);
  }

  #count(connection: number): void {
    this.#droppedOf.set(connection, (this.#droppedOf.get(connection) ?? 0) + 1);
    if (this.#droppedOf.size <= this.#limits.maxMessages) return;
    // The counts must not grow forever either: drop the oldest.
    for (const oldest of this.#droppedOf.keys()) {
      this.#droppedOf.delete(oldest);
      return;
    }
  }
}
