import { formatHexByte } from '../../bytes/hex.ts';
import { quoteText } from '../../text/quote-text.ts';
import { encodeText } from '../../text/utf8.ts';
import { compareBytes } from '../hex/compare-bytes.ts';
import type { Finding } from './finding.ts';

const ACCEPT_BYTES = 20;

/** What has this many bytes. */
const LENGTHS: ReadonlyMap<number, string> = new Map([
  [16, 'as a key has, and an MD5 hash'],
  [28, 'as a SHA-224 hash has, or an accept that was not decoded'],
  [32, 'as a SHA-256 hash has'],
  [40, 'as a SHA-1 hash has in hexadecimal digits'],
  [48, 'as a SHA-384 hash has'],
  [64, 'as a SHA-512 hash has, or a SHA-256 hash in hexadecimal digits'],
]);

/**
 * Says what is wrong with the form of an answer, whatever key it is for: no base64, or not 20 bytes.
 *
 * @returns undefined where it is 20 bytes in base64, as an accept ought to be
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
    title: 'This is a hash in hexadecimal, and of another text',
    done: 'The hash function’s text form was sent as it is. What was hashed is not this key with the GUID, either.',
    shows: `The answer has ${answer.length} characters, all of them hexadecimal digits.`,
    mend: 'Hash key and GUID, take the 20 raw bytes, and encode them in base64.',
  };
}

function notBase64(answer: string): Finding {
  const at = answer.search(/[^A-Za-z0-9+/=]|=(?!=?$)/);
  const character = answer.charAt(at);
  const shows =
    at < 0
      ? `It has ${answer.length} characters: base64 has a multiple of 4.`
      : `Character ${at + 1} is ${quoteText(character)}: base64 has A-Z, a-z, 0-9, + and /, and = at the end only.`;
  return {
    name: 'not-base64',
    title: 'The answer is not base64',
    done: 'What was sent was not encoded, or was changed or cut afterwards.',
    shows,
    mend: 'Encode the 20 bytes of the hash in base64, and send its 28 characters as they are.',
  };
}

function wrongLength(answer: string, bytes: Uint8Array): Finding {
  const like = LENGTHS.get(bytes.length);
  const hexDigits = /^[0-9a-f]+$/i.test(String.fromCharCode(...bytes)) && bytes.length > ACCEPT_BYTES;
  const what = hexDigits ? ', all of them hexadecimal digits' : like === undefined ? '' : `, ${like}`;
  return {
    name: 'wrong-length',
    title: `The answer holds ${bytes.length} bytes, not ${ACCEPT_BYTES}`,
    done: hexDigits
      ? 'The text form of a hash was encoded rather than its bytes, and what was hashed is not this key with the GUID.'
      : 'It is not the SHA-1 hash of anything.',
    shows: `Its ${answer.length} characters decode to ${bytes.length} bytes${what}.`,
    mend: 'Hash with SHA-1, and encode the 20 raw bytes.',
  };
}

/** Strictly: padded, standard alphabet. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * What to say of an answer without a single character that is not a hash cut at its first zero byte.
 *
 * @param digest the right hash: its first byte shows that cutting it would not leave it empty
 */
export function emptyAnswer(digest: Uint8Array): Finding {
  return {
    name: 'empty-answer',
    title: 'The answer is empty',
    done: 'The server wrote the header’s name and the colon, and no value after them. Perhaps it did not find the key in the request, never filled the variable that it prints, or ignored an error of the function that hashes or encodes.',
    shows: `The answer has no characters. A C string ends at its first zero byte, but that is not the cause: the hash for this key begins with ${formatHexByte(digest[0] ?? 0)}, not with 00.`,
    mend: 'Print the key as your server read it, and the answer just before it is sent: the key has 24 characters, the answer 28.',
  };
}

/** What to say of an answer whose form is right. */
export function unknownAnswer(answer: string, right: string, tried: number): Finding {
  const { sentence = '' } = compareBytes(encodeText(answer), encodeText(right), 'character') ?? {};
  return {
    name: 'another-key',
    title: 'An answer for another key, or of another text',
    done: `It is the hash of something that is not this key with the GUID. From a hash nobody can tell of what. None of the ${tried} mistakes known here explains it, nor any two of them together.`,
    shows: `It is 20 bytes in base64, as it ought to be. In the answer there ${sentence}.`,
    mend: 'Print the text that you hash, byte by byte: 60 bytes, the key of this very request and the GUID.',
  };
}
