import { READ_BUFFER } from './read-buffer.ts';

/**
 * The bytes that wait to be written to one socket. Frames encoded one after the other lie one after
 * the other in memory: such neighbors are joined to one range, without a copy.
 */
export class Outbox {
  #sealed: Uint8Array[] = NOTHING;
  // The range that may still grow: it begins where this piece does.
  #piece: Uint8Array<ArrayBuffer> | undefined;
  #end = 0;
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  /** @param bytes kept, not copied, and so not to be written to any more; but {@link READ_BUFFER} may be */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    // The next read of whatever connection writes over it.
    const piece = bytes.buffer === READ_BUFFER.buffer ? bytes.slice() : bytes;
    this.#byteLength += piece.length;
    if (piece.buffer === this.#piece?.buffer && piece.byteOffset === this.#end) {
      this.#end += piece.length;
      return;
    }
    if (this.#piece !== undefined) this.#seal(this.#piece);
    this.#piece = piece;
    this.#end = piece.byteOffset + piece.length;
  }

  /** Empties it. @returns what was in it, in as few ranges as memory allows */
  take(): readonly Uint8Array[] {
    if (this.#piece !== undefined) this.#seal(this.#piece);
    const ranges = this.#sealed;
    this.#sealed = NOTHING;
    this.#piece = undefined;
    this.#byteLength = 0;
    return ranges;
  }

  #seal(piece: Uint8Array<ArrayBuffer>): void {
    const { buffer, byteOffset } = piece;
    const grown = this.#end > byteOffset + piece.length;
    // A socket makes a Buffer of whatever is none: for a frame that goes to a thousand sockets, that is made once.
    const range = grown || !Buffer.isBuffer(piece) ? Buffer.from(buffer, byteOffset, this.#end - byteOffset) : piece;
    // An idle connection, which is most of them, keeps no array of its own.
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
