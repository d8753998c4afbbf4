import type { SourceEvent } from './source.ts';

/** Events are delivered in batches, at most one per frame of the screen, so that a flood of them costs little. */
const BATCH_MS = 16;

/** Collects events and delivers them in order. */
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

  /** Drops the events that have not been delivered. */
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
