/** Whether bytes are valid UTF-8. A platform might have a function that is faster than its decoder. */
export type IsUtf8 = (bytes: Uint8Array) => boolean;

// The table of RFC 3629 §4 by first byte: how many bytes follow, and the range of the second byte.
const MISSING = new Uint8Array(256);
const LOWEST = new Uint8Array(256);
const HIGHEST = new Uint8Array(256);

/**
 * Checks UTF-8 that arrives in pieces of any size. RFC 6455 §8.1, RFC 3629 §4.
 *
 * A platform's decoder does not say which byte is wrong, and waits until a character is complete. This checker reports the
 * first byte that no valid text can have there.
 */
export class Utf8Checker {
  #missing = 0;
  // The range of the next byte, unless it is the first of a character.
  #lowest = 0x80;
  #highest = 0xbf;
  readonly #isUtf8: IsUtf8;

  constructor(isUtf8: IsUtf8 = canDecode) {
    this.#isUtf8 = isUtf8;
  }

  /**
   * Checks the next bytes of the text.
   *
   * @returns the index in `bytes` of the first byte that is not allowed there; -1 if all are
   */
  push(bytes: Uint8Array): number {
    let i = 0;
    while (i < bytes.length && this.#missing > 0) {
      if (!this.#nextByte(bytes[i] as number)) return i;
      i++;
    }
    i = this.#skipWholeCharacters(bytes, i);
    // What remains: a character that is cut at the end, or a wrong one whose first wrong byte has to be found.
    while (i < bytes.length) {
      if (!this.#nextByte(bytes[i] as number)) return i;
      i++;
    }
    return -1;
  }

  /** Whether the bytes so far end with a whole character. */
  get atCharacterBoundary(): boolean {
    return this.#missing === 0;
  }

  #nextByte(byte: number): boolean {
    if (this.#missing === 0) return byte < 0x80 || this.#startCharacter(byte);
    if (byte < this.#lowest || byte > this.#highest) return false;
    return this.#expect(this.#missing - 1, 0x80, 0xbf);
  }

  /** The table of RFC 3629 §4: the first byte determines how many follow, and the range of the second. */
  #startCharacter(byte: number): boolean {
    if (byte >= 0xc2 && byte <= 0xdf) return this.#expect(1, 0x80, 0xbf);
    if (byte === 0xe0) return this.#expect(2, 0xa0, 0xbf); // below: three bytes where two are enough
    if (byte === 0xed) return this.#expect(2, 0x80, 0x9f); // above: the surrogates of UTF-16
    if (byte >= 0xe1 && byte <= 0xef) return this.#expect(2, 0x80, 0xbf);
    if (byte === 0xf0) return this.#expect(3, 0x90, 0xbf); // below: four bytes where three are enough
    if (byte >= 0xf1 && byte <= 0xf3) return this.#expect(3, 0x80, 0xbf);
    if (byte === 0xf4) return this.#expect(3, 0x80, 0x8f); // above: beyond U+10FFFF, the last character
    return false;
  }

  /** @returns an index from `start` on: all characters before it are complete and valid */
  #skipWholeCharacters(bytes: Uint8Array, start: number): number {
    if (bytes.length - start >= MIN_BYTES_FOR_PLATFORM) {
      const end = startOfLastCharacter(bytes);
      if (this.#isUtf8(bytes.subarray(start, end))) return end;
    }
    // A character has at most four bytes.
    const end = bytes.length - 3;
    let i = start;
    while (i < end) {
      const first = bytes[i] as number;
      if (first >= 0x80) {
        const missing = MISSING[first] as number;
        const second = bytes[i + 1] as number;
        if (missing === 0 || second < (LOWEST[first] as number) || second > (HIGHEST[first] as number)) return i;
        if (missing > 1 && !isContinuation(bytes[i + 2] as number)) return i;
        if (missing > 2 && !isContinuation(bytes[i + 3] as number)) return i;
        i += missing;
      }
      i++;
    }
    return i;
  }

  /** Fills the tables from #startCharacter. Looking a byte up takes a third of the time of computing it. */
  static {
    for (let byte = 0x80; byte <= 0xff; byte++) {
      const checker = new Utf8Checker();
      if (!checker.#startCharacter(byte)) continue;
      MISSING[byte] = checker.#missing;
      LOWEST[byte] = checker.#lowest;
      HIGHEST[byte] = checker.#highest;
    }
  }

  #expect(missing: number, lowest: number, highest: number): true {
    this.#missing = missing;
    this.#lowest = lowest;
    this.#highest = highest;
    return true;
  }
}

/** In bytes. From this length on, the platform's function is faster than a loop here. */
const MIN_BYTES_FOR_PLATFORM = 64;

/** The start of the last character, which might be cut: it has at most three bytes after its first. */
function startOfLastCharacter(bytes: Uint8Array): number {
  let i = bytes.length - 1;
  while (i > bytes.length - 4 && isContinuation(bytes[i] as number)) i--;
  return i;
}

/** Whether a byte can only follow the first byte of a character. */
function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

const encoder = new TextEncoder();
// ignoreBOM keeps U+FEFF at the beginning of a text: it is part of the message.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Encodes a text in UTF-8. A lone surrogate becomes U+FFFD, as in a browser's send(). RFC 6455 §5.6. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Decodes UTF-8. @returns undefined if the bytes are not valid UTF-8. RFC 6455 §5.6. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The platform's decoder is faster than a loop here, although its text is thrown away. */
function canDecode(bytes: Uint8Array): boolean {
  return decodeText(bytes) !== undefined;
}
