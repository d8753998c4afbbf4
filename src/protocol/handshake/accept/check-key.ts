import { quoteText } from '../../../text/quote-text.ts';
import { trimWhiteSpace } from '../../trim-white-space.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** 16 bytes are 128 bits; at 6 bits a character, 22 characters hold them, and two `=` fill the last group of four. */
const KEY_CHARACTERS = 22;
const PADDING = '==';

/** A mistake in a Sec-WebSocket-Key, and its place. */
export interface KeyProblem {
  readonly reason:
    | 'empty'
    | 'white-space-inside'
    | 'url-safe-alphabet'
    | 'foreign-character'
    | 'padding-inside'
    | 'too-short'
    | 'too-long'
    | 'padding-missing'
    | 'padding-excess';
  /** Says the mistake, its character (counted from 1), and how to fix it. */
  readonly sentence: string;
  /** The wrong characters, counted from 0 in the key as given; half-open, empty if something is missing. */
  readonly start: number;
  readonly end: number;
}

/**
 * Checks that a Sec-WebSocket-Key is base64 that decodes to 16 bytes. RFC 6455 §4.2.1, RFC 4648 §4.
 *
 * White space around the key is allowed: it belongs to the header line, not to the key. The last character has four
 * bits that belong to no byte. An encoder sets them to 0, but RFC 4648 §3.5 lets a decoder take any, and RFC 6455 §4.1
 * printed such a key (`…4PEC==`) before erratum 3150: it is no problem.
 *
 * @returns the first problem, or undefined
 */
export function checkKey(key: string): KeyProblem | undefined {
  const trimmed = trimWhiteSpace(key);
  const problem = checkCharacters(trimmed) ?? checkLength(trimmed);
  if (problem === undefined) return undefined;
  const before = trimmed === '' ? 0 : key.indexOf(trimmed);
  return { ...problem, start: problem.start + before, end: problem.end + before };
}

function checkCharacters(key: string): KeyProblem | undefined {
  const paddingStart = startOfPadding(key);
  for (let index = 0; index < paddingStart; index++) {
    const character = key.charAt(index);
    if (ALPHABET.includes(character)) continue;
    return problemOf(...describeForeign(character, index), index, index + 1);
  }
  return undefined;
}

function describeForeign(character: string, index: number): [KeyProblem['reason'], string] {
  const where = `Character ${index + 1}`;
  if (' \t\r\n'.includes(character)) return ['white-space-inside', `${where} is white space. Remove it.`];
  if (character === '-')
    return ['url-safe-alphabet', `${where} is "-", from the URL-safe alphabet. Write "+" instead.`];
  if (character === '_')
    return ['url-safe-alphabet', `${where} is "_", from the URL-safe alphabet. Write "/" instead.`];
  if (character === '=') return ['padding-inside', `${where} is "=", but padding belongs at the end only. Remove it.`];
  const shown = quoteText(character);
  return ['foreign-character', `${where} is ${shown}, which base64 does not use. It has A-Z, a-z, 0-9, + and /.`];
}

function checkLength(key: string): KeyProblem | undefined {
  const end = key.length;
  const characters = startOfPadding(key);
  const padding = end - characters;
  if (characters === 0) return problemOf('empty', 'The key is empty. Encode 16 random bytes in base64.', 0, end);
  if (characters !== KEY_CHARACTERS) {
    const sentence = `The ${characters} characters before the padding hold ${describeSize(characters)}. Encode 16 bytes: ${KEY_CHARACTERS} characters, then "${PADDING}".`;
    return characters < KEY_CHARACTERS
      ? problemOf('too-short', sentence, characters, end)
      : problemOf('too-long', sentence, KEY_CHARACTERS, end);
  }
  if (padding < PADDING.length) {
    const sentence = `The key ends in ${padding} "=" after character ${characters}. End it in "${PADDING}".`;
    return problemOf('padding-missing', sentence, end, end);
  }
  if (padding > PADDING.length) {
    const first = characters + PADDING.length;
    const sentence = `From character ${first + 1} on there is more padding than "${PADDING}". Remove the rest.`;
    return problemOf('padding-excess', sentence, first, end);
  }
  return undefined;
}

function startOfPadding(key: string): number {
  let start = key.length;
  while (key.charAt(start - 1) === '=') start--;
  return start;
}

function describeSize(characters: number): string {
  const bytes = Math.floor((characters * 6) / 8);
  return characters % 4 === 1 ? `no whole number of bytes (${bytes} and 6 bits)` : `${bytes} bytes`;
}

function problemOf(reason: KeyProblem['reason'], sentence: string, start: number, end: number): KeyProblem {
  return { reason, sentence, start, end };
}
