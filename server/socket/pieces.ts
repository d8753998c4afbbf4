import type { Turns, Worker } from '../bounds/turns.ts';

/** How much of a read is processed at once, and when. */
export interface PieceSettings {
  readonly turns: Turns;
  /** The length of a piece in bytes. */
  readonly pieceBytes: number;
}

export interface PiecesOwner {
  /** @param piece the owner may overwrite it, until the call returns */
  deliver(piece: Uint8Array): void;
  /** Whether sent bytes wait, because the peer is slow to read. Then no more pieces are delivered. */
  readonly paused: boolean;
  /** Stops reading from the socket until {@link resumeReading}. */
  stopReading(): void;
  resumeReading(): void;
}

/**
 * Delivers each read in pieces, when the turns have time for them: on a path where every frame is explained, one read of
 * 64 KiB takes half a second of work, and its answers are ten megabytes long.
 */
export class Pieces implements Worker {
  readonly #owner: PiecesOwner;
  readonly #turns: Turns;
  readonly #pieceBytes: number;
  #rest: Uint8Array<ArrayBufferLike> = NOTHING;
  #queued = false;

  constructor(owner: PiecesOwner, { turns, pieceBytes }: PieceSettings) {
    this.#owner = owner;
    this.#turns = turns;
    this.#pieceBytes = pieceBytes;
  }

  /** @param chunk delivered at once as far as this turn has time for it; the rest is copied */
  push(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0 && this.#turns.hasRoom && !this.#owner.paused) rest = this.#deliver(rest);
    if (rest.length === 0) return;
    this.#rest = rest.slice();
    this.#owner.stopReading();
    this.#queue();
  }

  /** All waiting bytes have been sent. */
  drained(): void {
    if (this.#rest.length > 0) this.#queue();
  }

  work(): boolean {
    this.#queued = false;
    if (this.#rest.length > 0 && !this.#owner.paused) this.#rest = this.#deliver(this.#rest);
    if (this.#rest.length === 0) this.#owner.resumeReading();
    else if (!this.#owner.paused) this.#queued = true;
    return this.#queued;
  }

  /** TCP has ended: the rest is dropped. */
  end(): void {
    this.#rest = NOTHING;
  }

  #deliver(bytes: Uint8Array): Uint8Array {
    this.#owner.deliver(bytes.subarray(0, this.#pieceBytes));
    return bytes.subarray(this.#pieceBytes);
  }

  #queue(): void {
    if (this.#queued) return;
    this.#queued = true;
    this.#turns.queue(this);
  }
}

const NOTHING = new Uint8Array(0);
