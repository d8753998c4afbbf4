/** Tells whether bytes are UTF-8. A platform may have a function for it that is faster than its decoder. */
export type IsUtf8 = (bytes: Uint8Array) => boolean;

// The table of RFC 3629 §4, by first bytes: how many bytes follow, and between which two values the second lies.
const MISSING = new Uint8Array(256);
const LOWEST = new Uint8Array(256);
const HIGHEST = new Uint8Array(256);

/**
 * Checks UTF-8 as it arrives, in pieces of any size. RFC 6455 §8.1, RFC 3629 §4.
 *
 * A platform's decoder says that bytes are wrong, but not which, and not before a character is
 * whole; an endpoint has to fail on the first byte that no valid text can have there.
 */
export class Utf8Checker {
  #missing = 0;
  // What the next byte may be, where it is not the first of a character.
  #lowest = 0x80;
  #highest = 0xbf;
  readonly #isUtf8: IsUtf8;

  constructor(isUtf8: IsUtf8 = canDecode) {
    this.#isUtf8 = isUtf8;
  }

  /**
   * Takes the next bytes of the text.
   *
   * @returns the index in `bytes` of the first byte that cannot stand where it does; -1 where all can
   */
  push(bytes: Uint8Array): number {
    let i = 0;
    while (i < bytes.length && this.#missing > 0) {
      if (!this.#nextByte(bytes[i] as number)) return i;
      i++;
    }
    i = this.#skipWholeCharacters(bytes, i);
    // The last character may be cut, and where a character is wrong, its first wrong byte is to be found.
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

  /** The table of RFC 3629 §4: the first byte tells how many follow, and limits the second. */
  #startCharacter(byte: number): boolean {
    if (byte >= 0xc2 && byte <= 0xdf) return this.#expect(1, 0x80, 0xbf);
    if (byte === 0xe0) return this.#expect(2, 0xa0, 0xbf); // below: three bytes for what two can say
    if (byte === 0xed) return this.#expect(2, 0x80, 0x9f); // above: the surrogates of UTF-16
    if (byte >= 0xe1 && byte <= 0xef) return this.#expect(2, 0x80, 0xbf);
    if (byte === 0xf0) return this.#expect(3, 0x90, 0xbf); // below: four bytes for what three can say
    if (byte >= 0xf1 && byte <= 0xf3) return this.#expect(3, 0x80, 0xbf);
    if (byte === 0xf4) return this.#expect(3, 0x80, 0x8f); // above: past U+10FFFF, the last character
    return false;
  }

  /** @returns an index, from `start` on, up to which all characters are whole and valid */
  #skipWholeCharacters(bytes: Uint8Array, start: number): number {
    if (bytes.length - start >= WORTH_ASKING) {
      const end = startOfLastCharacter(bytes);
      if (this.#isUtf8(bytes.subarray(start, end))) return end;
    }
    // A character has four bytes at most.
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

  /** For each byte that starts a longer character: what it makes the checker expect. To look it up takes a third of the time. */
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

/** From this length on, the platform's function takes less time than a loop here. */
const WORTH_ASKING = 64;

/** Before the last character, which may be cut: it has at most three bytes after its first. */
function startOfLastCharacter(bytes: Uint8Array): number {
  let i = bytes.length - 1;
  while (i > bytes.length - 4 && isContinuation(bytes[i] as number)) i--;
  return i;
}

/** Whether a byte can only stand after the first of a character. */
function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

const encoder = new TextEncoder();
// ignoreBOM: a text message may start with U+FEFF, and that character is part of it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a text; a lone surrogate becomes U+FFFD, as in a browser's send(). RFC 6455 §5.6. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The text of bytes, or undefined if they are not UTF-8. RFC 6455 §5.6. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A platform's decoder knows it sooner than a loop here; the text that it makes is thrown away. */
function canDecode(bytes: Uint8Array): boolean {
  return decodeText(bytes) !== undefined;
}
