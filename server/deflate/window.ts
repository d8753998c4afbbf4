const NOTHING = new Uint8Array(0);
const MIN_CAPACITY = 512;

/** The last bytes of a stream, at most `maxBytes`. It takes no more memory than twice what has come. */
export class Window {
  readonly #maxBytes: number;
  // Filled from its start, and once it is full, over its oldest bytes.
  #ring: Uint8Array<ArrayBuffer> = NOTHING;
  #length = 0;
  #end = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get heldBytes(): number {
    return this.#ring.length;
  }

  /** @param bytes copied */
  append(bytes: Uint8Array): void {
    const all = bytes.length;
    if (all === 0) return;
    const last = all > this.#maxBytes ? bytes.subarray(all - this.#maxBytes) : bytes;
    if (this.#length + last.length > this.#ring.length) this.#grow(this.#length + last.length);
    const ring = this.#ring;
    const beforeEnd = Math.min(last.length, ring.length - this.#end);
    ring.set(beforeEnd === last.length ? last : last.subarray(0, beforeEnd), this.#end);
    if (beforeEnd < last.length) ring.set(last.subarray(beforeEnd), 0);
    this.#end = (this.#end + last.length) % ring.length;
    this.#length = Math.min(this.#length + last.length, ring.length);
  }

  /** A copy, in the order in which the bytes came. */
  bytes(): Uint8Array<ArrayBuffer> {
    const start = this.#end - this.#length;
    if (start >= 0) return this.#ring.slice(start, this.#end);
    const bytes = new Uint8Array(this.#length);
    bytes.set(this.#ring.subarray(start), 0);
    bytes.set(this.#ring.subarray(0, this.#end), -start);
    return bytes;
  }

  clear(): void {
    this.#ring = NOTHING;
    this.#length = 0;
    this.#end = 0;
  }

  #grow(needed: number): void {
    const capacity = Math.min(Math.max(needed, 2 * this.#ring.length, MIN_CAPACITY), this.#maxBytes);
    if (capacity === this.#ring.length) return;
    const bytes = this.bytes();
    this.#ring = new Uint8Array(capacity);
    this.#ring.set(bytes);
    this.#end = bytes.length % capacity;
  }
}
