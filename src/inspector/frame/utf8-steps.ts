import { formatHexByte } from '../../bytes/hex.ts';
import { decodeText, Utf8Checker } from '../../text/utf8.ts';

/** Bytes from `first` to `last`, both among them. */
export interface ByteSpan {
  readonly first: number;
  readonly last: number;
}

/** One byte of a text, and the verdict of the checker on it. RFC 3629 §4. */
export interface Utf8Step {
  readonly index: number;
  readonly byte: number;
  /** The bytes that are allowed here. */
  readonly allowed: readonly ByteSpan[];
  readonly role: 'ascii' | 'first' | 'following' | 'wrong' | 'unread';
  /** Its place in its character, from 1. If the byte is wrong or unread: 1. */
  readonly place: number;
  /** How many bytes of this character must follow this one. */
  readonly missing: number;
  /** The character that this byte completes. */
  readonly character: string | undefined;
  readonly sentence: string;
}

const BYTE_VALUES = Array.from({ length: 256 }, (_, byte) => byte);

/**
 * The bytes that are allowed next. Asks the checker about each of the 256, without a table of its own.
 *
 * @param character the bytes of a character so far; empty at the beginning of one
 */
export function allowedAfter(character: readonly number[]): ByteSpan[] {
  const spans: { first: number; last: number }[] = [];
  for (const byte of BYTE_VALUES) {
    if (new Utf8Checker().push(Uint8Array.of(...character, byte)) !== -1) continue;
    const open = spans.at(-1);
    if (open?.last === byte - 1) open.last = byte;
    else spans.push({ first: byte, last: byte });
  }
  return spans;
}

/** How many bytes must follow until the character is complete. */
export function missingAfter(character: readonly number[]): number {
  const checker = new Utf8Checker();
  checker.push(Uint8Array.from(character));
  if (checker.atCharacterBoundary) return 0;
  const [next] = allowedAfter(character);
  return next === undefined ? 0 : 1 + missingAfter([...character, next.first]);
}

/** The verdict on every byte, in order. After the first wrong byte, the rest is not read. RFC 6455 §8.1. */
export function utf8Steps(bytes: Uint8Array): Utf8Step[] {
  const wrong = new Utf8Checker().push(bytes);
  const steps: Utf8Step[] = [];
  let character: number[] = [];
  for (const [index, byte] of bytes.entries()) {
    if (wrong !== -1 && index > wrong) {
      steps.push({ ...step(index, byte, []), role: 'unread', sentence: 'never looked at: the text is wrong already' });
      continue;
    }
    const allowed = allowedAfter(character);
    if (index === wrong) {
      steps.push({ ...step(index, byte, allowed), role: 'wrong', sentence: whyWrong(character, byte) });
      continue;
    }
    character.push(byte);
    steps.push(rightStep(index, byte, allowed, character));
    if (steps.at(-1)?.missing === 0) character = [];
  }
  return steps;
}

function step(index: number, byte: number, allowed: readonly ByteSpan[]) {
  return { index, byte, allowed, place: 1, missing: 0, character: undefined } as const;
}

function rightStep(index: number, byte: number, allowed: readonly ByteSpan[], character: readonly number[]): Utf8Step {
  const missing = missingAfter(character);
  const place = character.length;
  const whole = missing === 0 ? decodeText(Uint8Array.from(character)) : undefined;
  const role = place > 1 ? 'following' : missing === 0 ? 'ascii' : 'first';
  const total = place + missing;
  const end = whole === undefined ? `${missing} more to come` : `the character is whole: ${nameOf(whole)}`;
  const begins = role === 'ascii' ? 'a character of one byte' : `byte ${place} of a character of ${total}`;
  return { ...step(index, byte, allowed), role, place, missing, character: whole, sentence: `${begins}, ${end}` };
}

/** `U+20AC` for the euro sign. */
export function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `80 to bf`; several spans with commas. */
export function describeSpans(spans: readonly ByteSpan[]): string {
  return spans
    .map(({ first, last }) =>
      first === last ? formatHexByte(first) : `${formatHexByte(first)} to ${formatHexByte(last)}`,
    )
    .join(', ');
}

/** Why a byte is not allowed here. @param character its bytes before this one. RFC 3629 §3, §10. */
function whyWrong(character: readonly number[], byte: number): string {
  const following = byte >= 0x80 && byte <= 0xbf;
  const [first] = character;
  if (first === undefined) {
    if (following) return 'a following byte, where no character has begun';
    if (byte < 0xc2) return 'overlong: it would begin two bytes for a character that takes one';
    return 'never in UTF-8: it would begin a character beyond U+10FFFF, the last one';
  }
  if (!following) return 'the character is not whole yet, and this is not a following byte';
  if (first === 0xed) return 'a surrogate: half of a pair of UTF-16, not a character';
  if (first === 0xf4) return 'beyond U+10FFFF, the last character';
  return `overlong: ${first === 0xe0 ? 'three' : 'four'} bytes for a character that takes fewer`;
}
