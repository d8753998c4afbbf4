/** One message of a tap, as the JSON text that it is sent as. */
export interface TapMessage {
  readonly connection: number;
  readonly text: string;
}

export interface RingLimits {
  readonly maxMessages: number;
  /** Counted in UTF-16 units, which is how a text is kept in memory at worst. */
  readonly maxTextLength: number;
}

/** The latest messages, for a tap that joins late. What falls out is counted. */
export class Ring {
  readonly #limits: RingLimits;
  readonly #droppedOf = new Map<number, number>();
  #messages: TapMessage[] = [];
  #first = 0;
  #textLength = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  add(message: TapMessage): void {
    this.#messages.push(message);
    this.#textLength += message.text.length;
    while (this.#tooMuch) this.#dropFirst();
  }

  /** Of all messages that are still here, in UTF-16 units. */
  get textLength(): number {
    return this.#textLength;
  }

  /** The messages that are still here, in order. */
  get messages(): readonly TapMessage[] {
    return this.#messages.slice(this.#first);
  }

  /** How many messages of each connection have fallen out. */
  get dropped(): Iterable<[connection: number, messages: number]> {
    return this.#droppedOf;
  }

  get #tooMuch(): boolean {
    const { maxMessages, maxTextLength } = this.#limits;
    return this.#messages.length - this.#first > maxMessages || this.#textLength > maxTextLength;
  }

  #dropFirst(): void {
    const first = this.#messages[this.#first] as TapMessage;
    this.#textLength -= first.text.length;
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
