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
    i = skipWholeCharacters(bytes, i);
    while (i < bytes.length) {
      if (!this.#nextByte(bytes[i] as number)) return i;
      i++;
      if (this.#missing === 0) i = skipAscii(bytes, i);
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

/**
 * The index, from `start` on, before which all is whole and valid characters. It may stop short of a
 * wrong byte as it pleases: what it leaves is looked at byte by byte. The platform's decoder knows
 * whether a text is UTF-8 sooner than a loop here would; it is asked where there is much to look at,
 * and its text is thrown away.
 */
function skipWholeCharacters(bytes: Uint8Array, start: number): number {
  const i = skipAscii(bytes, start);
  if (bytes.length - i < WORTH_ASKING) return i;
  const end = startOfLastCharacter(bytes);
  return decodeText(bytes.subarray(i, end)) === undefined ? i : end;
}

/** The last character may be cut, so it is not for the platform; it has at most three bytes after its first. */
function startOfLastCharacter(bytes: Uint8Array): number {
  let i = bytes.length - 1;
  while (i > bytes.length - 4 && ((bytes[i] as number) & 0xc0) === 0x80) i--;
  return i;
}

/** So many ASCII bytes in a row make it worth the cost of a view that reads four at a time. */
const WORTH_WORDS = 32;
const NOT_ASCII = 0x80808080;

/** The index of the first byte from `start` on that is not ASCII, or the end: text is mostly ASCII. */
function skipAscii(bytes: Uint8Array, start: number): number {
  let i = skipAsciiBytes(bytes, start, Math.min(bytes.length, start + WORTH_WORDS));
  if (i === start + WORTH_WORDS) {
    const aligned = i + (-(bytes.byteOffset + i) & 3);
    if (aligned <= bytes.length) {
      i = skipAsciiBytes(bytes, i, aligned);
      if (i === aligned) i += 4 * countAsciiWords(wordsFrom(bytes, i));
    }
    i = skipAsciiBytes(bytes, i, bytes.length);
  }
  return i;
}

function skipAsciiBytes(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && (bytes[i] as number) < 0x80) i++;
  return i;
}

function wordsFrom(bytes: Uint8Array, aligned: number): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset + aligned, (bytes.length - aligned) >>> 2);
}

function countAsciiWords(words: Uint32Array): number {
  const unrolled = words.length & ~3;
  let i = 0;
  while (i < unrolled) {
    const any = (words[i] as number) | (words[i + 1] as number) | (words[i + 2] as number) | (words[i + 3] as number);
    if ((any & NOT_ASCII) !== 0) break;
    i += 4;
  }
  while (i < words.length && ((words[i] as number) & NOT_ASCII) === 0) i++;
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
