/**
 * The bytes that wait to be written to one socket. Frames encoded one after the other lie one after
 * the other in memory: such neighbors are joined to one range, without a copy.
 */
export class Outbox {
  #sealed: Uint8Array[] = NOTHING;
  #buffer: ArrayBuffer | undefined;
  #start = 0;
  #end = 0;
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  /** @param bytes kept, not copied: not to be written to any more */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    const { buffer, byteOffset, byteLength } = bytes;
    this.#byteLength += byteLength;
    if (buffer === this.#buffer && byteOffset === this.#end) {
      this.#end += byteLength;
      return;
    }
    this.#seal();
    this.#buffer = buffer;
    this.#start = byteOffset;
    this.#end = byteOffset + byteLength;
  }

  /** Empties it. @returns what was in it, in as few ranges as memory allows */
  take(): readonly Uint8Array[] {
    this.#seal();
    const ranges = this.#sealed;
    this.#sealed = NOTHING;
    this.#buffer = undefined;
    this.#byteLength = 0;
    return ranges;
  }

  #seal(): void {
    if (this.#buffer === undefined) return;
    const range = Buffer.from(this.#buffer, this.#start, this.#end - this.#start);
    // An idle connection, which is most of them, keeps no array of its own.
    if (this.#sealed === NOTHING) this.#sealed = [range];
    else this.#sealed.push(range);
  }
}

const NOTHING: Uint8Array[] = [];
