import { computeAccept, WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../text/utf8.ts';
import { compareBytes } from '../hex/compare-bytes.ts';
import type { Finding } from './finding.ts';

/** Keys in documents and tests, whose answers people copy. */
const WELL_KNOWN_KEYS: readonly (readonly [key: string, source: string])[] = [
  [EXAMPLE_KEY, 'the sample key of RFC 6455 §1.3'],
  ['x3JJHMbDL1EzLkh9GBhXDw==', 'the sample key of Wikipedia’s article on WebSocket'],
  ['AAAAAAAAAAAAAAAAAAAAAA==', 'a key of 16 zero bytes, common in tests'],
  ['AQIDBAUGBwgJCgsMDQ4PEA==', 'a key of the bytes 1 to 16, common in tests'],
];

/**
 * Recognizes an answer that was not computed from this key, not even wrong: a copy, a constant, a part.
 *
 * @param right the accept for the key
 */
export function recognizeAnswer(answer: string, key: string, right: string): Finding | undefined {
  return keySentBack(answer, key) ?? knownAnswer(answer) ?? partOf(answer, right) ?? miscopied(answer, right);
}

function keySentBack(answer: string, key: string): Finding | undefined {
  const computeIt = 'Append the GUID to the key, hash with SHA-1, and send the base64 of the hash.';
  if (answer === key) {
    return {
      name: 'key-sent-back',
      title: 'The key was sent back unchanged',
      cause: 'The server copied Sec-WebSocket-Key into Sec-WebSocket-Accept and computed nothing.',
      evidence: `All ${key.length} characters of the answer are those of the key.`,
      fix: computeIt,
    };
  }
  if (answer !== key + WEBSOCKET_GUID) return undefined;
  return {
    name: 'text-sent',
    title: 'The key and the GUID were sent without being hashed',
    cause: 'The server joined the two, then skipped the hash and base64.',
    evidence: `The answer ends in the GUID, ${WEBSOCKET_GUID}.`,
    fix: computeIt,
  };
}

function knownAnswer(answer: string): Finding | undefined {
  const found = WELL_KNOWN_KEYS.find(([key]) => computeAccept(key) === answer);
  if (found === undefined) return undefined;
  const [key, source] = found;
  return {
    name: 'well-known-answer',
    title: 'This is the right answer for another key',
    cause: `It is the answer for ${source}. Perhaps the code has it as a constant, or the test that you pasted used that key.`,
    evidence: `The answer is the accept computed from ${key}.`,
    fix: 'Compute the answer from the key of this request. The key is new for every connection.',
  };
}

const MIN_PART_LENGTH = 4;

function partOf(answer: string, right: string): Finding | undefined {
  if (answer.length < MIN_PART_LENGTH || answer.length >= right.length || !right.includes(answer)) return undefined;
  const from = right.indexOf(answer);
  return {
    name: 'part-of-the-answer',
    title: 'This is only part of the right answer',
    cause: 'The rest was cut off, while you copied it or because a buffer was too small.',
    evidence: `The answer has characters ${from + 1} to ${from + answer.length} of the right answer, ${right}`,
    fix: `Send all ${right.length} characters.`,
  };
}

const MAX_SLIPS = 3;

function miscopied(answer: string, right: string): Finding | undefined {
  if (answer.length !== right.length) return undefined;
  const slips = [...answer].filter((character, i) => character !== right.charAt(i)).length;
  if (slips > MAX_SLIPS) return undefined;
  const { sentence = '' } = compareBytes(encodeText(answer), encodeText(right), 'character') ?? {};
  return {
    name: 'miscopied',
    title: slips === 1 ? 'One character was copied wrong' : `${slips} characters were copied wrong`,
    cause: 'Two different hashes differ in nearly every character, so this one was copied wrong.',
    evidence: `In the answer, there ${sentence}.`,
    fix: 'Copy the whole answer again, or compare it in code.',
  };
}
