import type { SourceEvent } from './source.ts';

/** Events are handed on in batches, at most one for a frame of the screen: a flood costs no more than a trickle. */
const BATCH_MS = 16;

/** Collects what happens, in order. */
export class EventQueue {
  readonly #deliver: (events: readonly SourceEvent[]) => void;
  #events: SourceEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deliver: (events: readonly SourceEvent[]) => void) {
    this.#deliver = deliver;
  }

  push(event: SourceEvent): void {
    this.#events.push(event);
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
  }

  /** Drops what has not been handed on. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#events = [];
  }

  #flush(): void {
    this.#timer = undefined;
    const events = this.#events;
    this.#events = [];
    this.#deliver(events);
  }
}
