import { formatHexByte } from '../../bytes/hex.ts';
import { quoteText } from '../../text/quote-text.ts';
import { encodeText } from '../../text/utf8.ts';
import { compareBytes } from '../hex/compare-bytes.ts';
import type { Finding } from './finding.ts';

const ACCEPT_BYTES = 20;

/** Values that people send by mistake, by their length in bytes. */
const LENGTHS: ReadonlyMap<number, string> = new Map([
  [16, 'like a key or an MD5 hash'],
  [28, 'like a SHA-224 hash, or an accept that was encoded twice'],
  [32, 'like a SHA-256 hash'],
  [40, 'like a SHA-1 hash in hex'],
  [48, 'like a SHA-384 hash'],
  [64, 'like a SHA-512 hash, or a SHA-256 hash in hex'],
]);

/**
 * Checks the form of an answer for any key: it must be 20 bytes in base64.
 *
 * @returns undefined if the form is right
 */
export function checkForm(answer: string): Finding | undefined {
  const hex = /^(?:[0-9a-f]{2})+$/i.test(answer);
  if (hex && answer.length / 2 === ACCEPT_BYTES) return hexOfAnotherText(answer);
  const bytes = decodeBase64(answer);
  if (bytes === undefined) return notBase64(answer);
  return bytes.length === ACCEPT_BYTES ? undefined : wrongLength(answer, bytes);
}

function hexOfAnotherText(answer: string): Finding {
  return {
    name: 'hex-of-another-text',
    title: 'This is a hash in hex, and of another text',
    cause:
      'The hash function returned text, and the server sent that text. It also hashed something other than this key with the GUID.',
    evidence: `The answer has ${answer.length} characters, and all of them are hex digits.`,
    fix: 'Hash the key and the GUID, take the 20 raw bytes, and encode them in base64.',
  };
}

function notBase64(answer: string): Finding {
  const at = answer.search(/[^A-Za-z0-9+/=]|=(?!=?$)/);
  const character = answer.charAt(at);
  const evidence =
    at < 0
      ? `The answer has ${answer.length} characters. The length of base64 is a multiple of 4.`
      : `Character ${at + 1} is ${quoteText(character)}. Base64 uses A-Z, a-z, 0-9, + and /, and = only at the end.`;
  return {
    name: 'not-base64',
    title: 'The answer is not base64',
    cause: 'The value was never encoded, or it was changed or cut after that.',
    evidence,
    fix: 'Encode the 20 bytes of the hash in base64, and send all 28 characters unchanged.',
  };
}

function wrongLength(answer: string, bytes: Uint8Array): Finding {
  const like = LENGTHS.get(bytes.length);
  const hexDigits = /^[0-9a-f]+$/i.test(String.fromCharCode(...bytes)) && bytes.length > ACCEPT_BYTES;
  const what = hexDigits ? ', and all of them are hex digits' : like === undefined ? '' : `, ${like}`;
  return {
    name: 'wrong-length',
    title: `The answer holds ${bytes.length} bytes, not ${ACCEPT_BYTES}`,
    cause: hexDigits
      ? 'The server encoded the hex digits of a hash instead of its bytes. It also hashed something other than this key with the GUID.'
      : 'A SHA-1 hash always has 20 bytes, so this is not one.',
    evidence: `Its ${answer.length} characters decode to ${bytes.length} bytes${what}.`,
    fix: 'Hash with SHA-1, and encode the 20 raw bytes.',
  };
}

/** Decodes strictly: standard alphabet, with padding. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * The finding for an empty answer, if it is not a hash that was cut at its first zero byte.
 *
 * @param digest the right hash; its first byte shows that a cut would not leave it empty
 */
export function emptyAnswer(digest: Uint8Array): Finding {
  return {
    name: 'empty-answer',
    title: 'The answer is empty',
    cause:
      'The server wrote the name of the header and the colon, but no value. Perhaps it did not find the key in the request, never set the variable that it prints, or ignored an error while it hashed or encoded.',
    evidence: `The answer has no characters. A C string ends at its first zero byte, but that is not the cause here: the hash for this key begins with ${formatHexByte(digest[0] ?? 0)}, not with 00.`,
    fix: 'Print the key after you read it, and the answer before you send it. The key has 24 characters, and the answer has 28.',
  };
}

/** The finding for an answer of the right form that no known mistake explains. */
export function unknownAnswer(answer: string, right: string, tried: number): Finding {
  const { sentence = '' } = compareBytes(encodeText(answer), encodeText(right), 'character') ?? {};
  return {
    name: 'another-key',
    title: 'This is the answer for another key, or the hash of another text',
    cause: `The server hashed something other than this key with the GUID. A hash does not show what it was computed from. None of the ${tried} known mistakes explains it, and no two of them together do.`,
    evidence: `The form is right: 20 bytes in base64. In the answer, there ${sentence}.`,
    fix: 'Print the text that you hash, byte by byte. It must be 60 bytes: the key of this request, then the GUID.',
  };
}
