/** How far back a match can reach, in bytes. RFC 1951 §2. */
export const MAX_WINDOW_BYTES = 32_768;

/** Thrown when more comes out than the limit. */
export class TooLong extends Error {}

/** What came out before a message, as far as it was seen: the last bytes, of which some are not known, and unknown ones before them. */
export interface SeenWindow {
  readonly bytes: Uint8Array;
  /** For each byte, 1 if it is not known; it is 0 then. */
  readonly isUnknown: Uint8Array;
}

/** What has come out of a compressed message, and the window before it that matches can copy from. */
export class InflatedBytes {
  readonly #window: Uint8Array;
  readonly #unknownInWindow: Uint8Array | undefined;
  readonly #maxBytes: number;
  #bytes = new Uint8Array(256);
  // For each byte, 1 if it was copied from a window that was not seen; undefined if the whole window is known.
  #isUnknown: Uint8Array<ArrayBuffer> | undefined;
  #length = 0;

  constructor(window: Uint8Array | SeenWindow, maxBytes: number) {
    const isWhole = window instanceof Uint8Array;
    this.#window = (isWhole ? window : window.bytes).subarray(-MAX_WINDOW_BYTES);
    this.#unknownInWindow = isWhole ? undefined : window.isUnknown.subarray(-MAX_WINDOW_BYTES);
    this.#maxBytes = maxBytes;
    if (!isWhole) this.#isUnknown = new Uint8Array(this.#bytes.length);
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** How many bytes back a match can copy from here. */
  get reach(): number {
    return this.#isUnknown === undefined ? this.#length + this.#window.length : MAX_WINDOW_BYTES;
  }

  /** The ranges whose bytes are not known; they are 0 in {@link bytes}. */
  get unknown(): { readonly start: number; readonly end: number }[] {
    const isUnknown = this.#isUnknown?.subarray(0, this.#length) ?? new Uint8Array(0);
    const ranges: { start: number; end: number }[] = [];
    for (let start = isUnknown.indexOf(1); start >= 0; ) {
      const after = isUnknown.indexOf(0, start);
      const end = after < 0 ? isUnknown.length : after;
      ranges.push({ start, end });
      start = isUnknown.indexOf(1, end);
    }
    return ranges;
  }

  /** @throws TooLong past the limit */
  put(byte: number, isUnknown = false): void {
    if (this.#length >= this.#maxBytes) throw new TooLong();
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length] = byte;
    if (isUnknown && this.#isUnknown !== undefined) this.#isUnknown[this.#length] = 1;
    this.#length++;
  }

  /**
   * Copies bytes that came before, one by one: a match may reach into what it makes itself. RFC 1951 §3.2.3.
   *
   * @param distance at most {@link reach}
   * @throws TooLong past the limit
   */
  copy(length: number, distance: number): void {
    for (let i = 0; i < length; i++) {
      const from = this.#length - distance;
      const before = this.#window.length + from;
      if (from >= 0) this.put(this.#bytes[from] ?? 0, this.#isUnknown?.[from] === 1);
      else this.put(this.#window[before] ?? 0, before < 0 || this.#unknownInWindow?.[before] === 1);
    }
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2);
    grown.set(this.#bytes);
    this.#bytes = grown;
    if (this.#isUnknown === undefined) return;
    const marks = new Uint8Array(grown.length);
    marks.set(this.#isUnknown);
    this.#isUnknown = marks;
  }
}
