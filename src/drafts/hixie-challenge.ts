import { md5 } from '@noble/hashes/legacy.js';
import { joinBytes } from '../bytes/join-bytes.ts';
import { encodeLatin1 } from '../text/latin1.ts';

/** The bytes after the head of a hixie-76 request. draft-hixie-thewebsocketprotocol-76 §4.1. */
export const CHALLENGE_BODY_BYTES = 8;

/** A number of a key must fit in 32 bits, and so must what is left after the division. */
const MAX_NUMBER = 2 ** 32 - 1;

/** What a Sec-WebSocket-Key1 or -Key2 says: its digits are a number, which its spaces divide. */
export interface SolvedKey {
  /** The digits, joined. */
  readonly digits: string;
  readonly number: number;
  readonly spaces: number;
  /** The number divided by the spaces. */
  readonly quotient: number;
}

/**
 * Reads the number that is hidden in a key. draft-hixie-thewebsocketprotocol-76 §5.2.
 *
 * @returns the number and its parts, or in a sentence why the server must end the connection
 */
export function solveKey(key: string): SolvedKey | { readonly problem: string } {
  const digits = key.replace(/[^0-9]/g, '');
  const spaces = key.split(' ').length - 1;
  if (digits === '') return { problem: 'The key has no digit.' };
  if (spaces === 0) return { problem: 'The key has no space: the number cannot be divided.' };
  const number = Number(digits);
  if (number > MAX_NUMBER) return { problem: `The number ${digits} does not fit in 32 bits.` };
  const quotient = number / spaces;
  if (!Number.isInteger(quotient)) return { problem: `${digits} is not a multiple of ${spaces}, the count of spaces.` };
  return { digits, number, spaces, quotient };
}

/** The 16 bytes over which the answer is computed: both numbers, most significant byte first, and the body. */
export function challengeOf(quotient1: number, quotient2: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, quotient1);
  numbers.setUint32(4, quotient2);
  return joinBytes([new Uint8Array(numbers.buffer), body]);
}

/**
 * Answers a challenge: the MD5 of both numbers and the body. draft-hixie-thewebsocketprotocol-76 §5.2.
 *
 * @param body {@link CHALLENGE_BODY_BYTES} bytes
 * @returns 16 bytes, or in a sentence what is wrong with a key
 */
export function answerChallenge(
  key1: string,
  key2: string,
  body: Uint8Array,
): { readonly answer: Uint8Array } | { readonly problem: string } {
  const first = solveKey(key1);
  if ('problem' in first) return { problem: `Sec-WebSocket-Key1: ${first.problem}` };
  const second = solveKey(key2);
  if ('problem' in second) return { problem: `Sec-WebSocket-Key2: ${second.problem}` };
  return { answer: md5(challengeOf(first.quotient, second.quotient, body)) };
}

/** The example of the draft. Its answer is the text `8jKS'y:G*Co,Wxa-`. draft-hixie-thewebsocketprotocol-76 §1.2. */
export const EXAMPLE_CHALLENGE = {
  key1: '4 @1  46546xW%0l 1 5',
  key2: '12998 5 Y3 1  .P00',
  body: encodeLatin1('^n:ds[4U'),
} as const;
