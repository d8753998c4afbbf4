import type { Turns, Worker } from '../bounds/turns.ts';

/** So many bytes are handed on in one go: at most a hundred frames of a client. */
const PIECE_BYTES = 512;

export interface PiecesOwner {
  /** @param piece the owner's to write over, until the call returns */
  give(piece: Uint8Array): void;
  /** Whether what was sent waits, because the peer is slow to read: then it gets nothing more to answer. */
  readonly paused: boolean;
  /** Reads nothing until {@link goOn}. */
  stopReading(): void;
  goOn(): void;
}

/**
 * Hands on what was read in pieces, as the turns have time for them: on a path where every frame is explained, one read
 * of 64 KiB is half a second of work, and its answers are ten megabytes.
 */
export class Pieces implements Worker {
  readonly #owner: PiecesOwner;
  readonly #turns: Turns;
  #rest: Uint8Array<ArrayBufferLike> = NOTHING;
  #queued = false;

  constructor(owner: PiecesOwner, turns: Turns) {
    this.#owner = owner;
    this.#turns = turns;
  }

  /** @param chunk handed on at once as far as this turn has time for it; the rest of it is copied */
  push(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0 && this.#turns.hasRoom && !this.#owner.paused) rest = this.#give(rest);
    if (rest.length === 0) return;
    this.#rest = rest.slice();
    this.#owner.stopReading();
    this.#queue();
  }

  /** What was sent does not wait any more. */
  drained(): void {
    if (this.#rest.length > 0) this.#queue();
  }

  work(): boolean {
    this.#queued = false;
    if (this.#rest.length > 0 && !this.#owner.paused) this.#rest = this.#give(this.#rest);
    if (this.#rest.length === 0) this.#owner.goOn();
    else if (!this.#owner.paused) this.#queued = true;
    return this.#queued;
  }

  /** TCP has ended: the rest is not handed on. */
  end(): void {
    this.#rest = NOTHING;
  }

  #give(bytes: Uint8Array): Uint8Array {
    this.#owner.give(bytes.subarray(0, PIECE_BYTES));
    return bytes.subarray(PIECE_BYTES);
  }

  #queue(): void {
    if (this.#queued) return;
    this.#queued = true;
    this.#turns.queue(this);
  }
}

const NOTHING = new Uint8Array(0);
