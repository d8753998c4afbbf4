import { type SkipWholeCharacters, startOfLastCharacter } from '../utf8.ts';

/** From so many bytes on, asking the platform costs less than to look at them here. */
const WORTH_ASKING = 64;

/** @param isUtf8 a platform's own, which makes no text of the bytes */
export function skipAsking(isUtf8: (bytes: Uint8Array) => boolean): SkipWholeCharacters {
  return (bytes, start) => {
    if (bytes.length - start >= WORTH_ASKING) {
      const end = startOfLastCharacter(bytes);
      if (isUtf8(bytes.subarray(start, end))) return end;
    }
    return skipCharacters(bytes, start);
  };
}

/**
 * The table of RFC 3629 §4 once more, for whole characters in one go: a state that is kept from byte to
 * byte takes three times as long. Stops three bytes before the end, since a character may have four.
 */
function skipCharacters(bytes: Uint8Array, start: number): number {
  const end = bytes.length - 3;
  let i = start;
  while (i < end) {
    const first = bytes[i] as number;
    if (first < 0x80) {
      i++;
      continue;
    }
    const second = bytes[i + 1] as number;
    if (first < 0xc2 || !follows(second)) return i;
    if (first < 0xe0) {
      i += 2;
      continue;
    }
    if (!follows(bytes[i + 2] as number)) return i;
    if (first < 0xf0) {
      if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return i;
      i += 3;
      continue;
    }
    if (first > 0xf4 || !follows(bytes[i + 3] as number)) return i;
    if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return i;
    i += 4;
  }
  return i;
}

/** Whether a byte can only stand behind the first of a character. */
function follows(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
