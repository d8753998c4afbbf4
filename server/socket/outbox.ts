/**
 * The bytes that wait to be written to one socket. Frames encoded one after the other lie one after
 * the other in memory: such neighbors are joined to one range, without a copy.
 */
export class Outbox {
  #sealed: Uint8Array[] = NOTHING;
  // The range that may still grow: its first piece, and where in memory it begins and ends.
  #piece: Uint8Array<ArrayBuffer> | undefined;
  #memory: ArrayBuffer | undefined;
  #start = 0;
  #end = 0;
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  /** @param bytes kept, not copied: nobody writes to them before they are sent */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    const { buffer, byteOffset, length } = bytes;
    this.#byteLength += length;
    if (buffer === this.#memory && byteOffset === this.#end) {
      this.#end += length;
      return;
    }
    if (this.#piece !== undefined) this.#seal(this.#piece);
    this.#begin(bytes, length);
  }

  /** Empties it. @returns what was in it, in as few ranges as memory allows */
  take(): readonly Uint8Array[] {
    if (this.#piece !== undefined) this.#seal(this.#piece);
    const ranges = this.#sealed;
    this.#sealed = NOTHING;
    this.#piece = undefined;
    this.#memory = undefined;
    this.#byteLength = 0;
    return ranges;
  }

  #begin(piece: Uint8Array<ArrayBuffer>, length: number): void {
    this.#piece = piece;
    this.#memory = piece.buffer;
    this.#start = piece.byteOffset;
    this.#end = this.#start + length;
  }

  #seal(piece: Uint8Array<ArrayBuffer>): void {
    const byteLength = this.#end - this.#start;
    const grown = byteLength > piece.length;
    // A socket makes a Buffer of whatever is none: for a frame that goes to a thousand sockets, that is made once.
    const range = grown || !Buffer.isBuffer(piece) ? Buffer.from(piece.buffer, this.#start, byteLength) : piece;
    // Most connections are idle: an empty one keeps no array of its own.
    if (this.#sealed === NOTHING) this.#sealed = [range];
    else this.#sealed.push(range);
  }
}

const NOTHING: Uint8Array[] = [];

/** Outboxes in which nothing waits. A connection needs one only from a write to its flush. */
const spare: Outbox[] = [];
const MOST_SPARE = 64;

/** An empty outbox, until it is given back. */
export function takeOutbox(): Outbox {
  return spare.pop() ?? new Outbox();
}

/** @param outbox emptied, and not used any more */
export function giveBackOutbox(outbox: Outbox): void {
  if (spare.length < MOST_SPARE) spare.push(outbox);
}
