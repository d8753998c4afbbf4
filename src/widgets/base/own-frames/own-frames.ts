import type { Link } from '../link/link.ts';
import type { Source, SourceEvent } from '../source/source.ts';
import { type Draft, dataFrameOf, dataOf, type Sender } from './message.ts';

/** A frame from the wire. */
export interface TakenFrame {
  readonly bytes: Uint8Array;
  readonly sender: Sender;
  /** Whether it went over a real connection. */
  readonly origin: 'live' | 'simulated';
}

/**
 * The frames of the reader's latest message: the one that their browser sent, and the server's echo.
 *
 * A message waits until the connection is open. If it is closed, sending opens a new one.
 */
export class OwnFrames {
  readonly #take: (frame: TakenFrame) => void;
  #waiting: Draft | undefined;
  #open = false;
  #origin: TakenFrame['origin'] = 'simulated';
  #shown: Sender = 'client';
  #latest: Partial<Record<Sender, TakenFrame>> = {};

  /** @param first sent by itself once there is a connection, so that the figure begins with a real frame */
  constructor(take: (frame: TakenFrame) => void, first: Draft) {
    this.#take = take;
    this.#waiting = first;
  }

  /** The source of the frames has changed. */
  linked({ state }: Link): void {
    this.#open = false;
    if (state === 'live' || state === 'simulated') this.#origin = state;
  }

  happened(events: readonly SourceEvent[], source: Source | undefined): void {
    for (const event of events) {
      if (event.type === 'told' && event.topic !== 'message') this.#open = event.topic === 'open';
      const frame = event.type === 'wire' ? dataFrameOf(event.message) : undefined;
      if (frame !== undefined) this.#keep({ ...frame, origin: this.#origin });
    }
    this.#sendWaiting(source);
  }

  send(message: Draft, source: Source | undefined): void {
    this.#waiting = message;
    if (this.#open) this.#sendWaiting(source);
    else source?.connect();
  }

  /** Cancels the first message. */
  forgetWaiting(): void {
    this.#waiting = undefined;
  }

  /** Shows the frame of this end, now and from now on. */
  show(sender: Sender): void {
    this.#shown = sender;
    const frame = this.#latest[sender];
    if (frame !== undefined) this.#take(frame);
  }

  #keep(frame: TakenFrame): void {
    this.#latest = { ...this.#latest, [frame.sender]: frame };
    if (frame.sender === this.#shown) this.#take(frame);
  }

  #sendWaiting(source: Source | undefined): void {
    if (!this.#open || this.#waiting === undefined || source === undefined) return;
    const { data, call } = dataOf(this.#waiting);
    this.#waiting = undefined;
    source.send(data, call);
  }
}
