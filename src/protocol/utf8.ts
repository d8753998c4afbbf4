/**
 * The index, from `start` on, before which all of `bytes` is whole and valid characters. It may stop
 * short of the end as it pleases: what it leaves is looked at byte by byte.
 */
export type SkipWholeCharacters = (bytes: Uint8Array, start: number) => number;

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
  readonly #skipWholeCharacters: SkipWholeCharacters;

  /** @param skipWholeCharacters to save time */
  constructor(skipWholeCharacters: SkipWholeCharacters = askDecoder) {
    this.#skipWholeCharacters = skipWholeCharacters;
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

  #expect(missing: number, lowest: number, highest: number): true {
    this.#missing = missing;
    this.#lowest = lowest;
    this.#highest = highest;
    return true;
  }
}

/** From so many bytes on, asking the platform costs less than looking at them one by one. */
const WORTH_ASKING = 64;

/** The platform's decoder knows whether a text is UTF-8 sooner than a loop here would; its text is thrown away. */
function askDecoder(bytes: Uint8Array, start: number): number {
  if (bytes.length - start < WORTH_ASKING) return start;
  const end = startOfLastCharacter(bytes);
  return decodeText(bytes.subarray(start, end)) === undefined ? start : end;
}

/** The last character may be cut, so it is not for the platform; it has at most three bytes after its first. */
export function startOfLastCharacter(bytes: Uint8Array): number {
  let i = bytes.length - 1;
  while (i > bytes.length - 4 && ((bytes[i] as number) & 0xc0) === 0x80) i--;
  return i;
}

const encoder = new TextEncoder();
// ignoreBOM: a text message may start with U+FEFF, and that character is part of it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a text; a lone surrogate becomes U+FFFD, as in a browser's send(). RFC 6455 §5.6. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The text of bytes, or undefined where they are not UTF-8. RFC 6455 §5.6. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
