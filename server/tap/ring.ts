import type { EncodedMessage } from '../connection/encoded-message.ts';

/** One message of a tap: JSON, as the frame that it is sent as, the same to all who get it. */
export interface TapMessage {
  readonly connection: number;
  readonly encoded: EncodedMessage;
}

export interface RingLimits {
  readonly maxMessages: number;
  /** Of all their frames. */
  readonly maxBytes: number;
}

/** The latest messages, for a tap that joins late. What falls out is counted. */
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

  /** Of the frames of all messages that are still here. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** The messages that are still here, in order. */
  get messages(): readonly TapMessage[] {
    return this.#messages.slice(this.#first);
  }

  /** How many messages of each connection have fallen out. */
  get dropped(): Iterable<[connection: number, messages: number]> {
    return this.#droppedOf;
  }

  /** Drops all messages: they are counted as those that have fallen out. */
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
    // The oldest count: not even this may grow for ever.
    for (const oldest of this.#droppedOf.keys()) {
      this.#droppedOf.delete(oldest);
      return;
    }
  }
}
