import { computeAccept, WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../text/utf8.ts';
import { compareBytes } from '../hex/compare-bytes.ts';
import type { Finding } from './finding.ts';

/** Keys that stand in documents and tests, and whose answers are copied from there. */
const WELL_KNOWN_KEYS: readonly (readonly [key: string, source: string])[] = [
  [EXAMPLE_KEY, 'the sample key of RFC 6455 §1.3'],
  ['x3JJHMbDL1EzLkh9GBhXDw==', 'the sample key of Wikipedia’s article on WebSocket'],
  ['AAAAAAAAAAAAAAAAAAAAAA==', 'a key of 16 zero bytes, as tests use it'],
  ['AQIDBAUGBwgJCgsMDQ4PEA==', 'a key of the bytes 1 to 16, as tests use it'],
];

/**
 * Recognizes an answer that is no wrong computation from this key, but something else altogether.
 *
 * @param right the accept that the key comes to
 */
export function recognizeAnswer(answer: string, key: string, right: string): Finding | undefined {
  return keySentBack(answer, key) ?? knownAnswer(answer) ?? partOf(answer, right) ?? miscopied(answer, right);
}

function keySentBack(answer: string, key: string): Finding | undefined {
  const computeIt = 'Append the GUID to the key, hash with SHA-1, and send the base64 of the hash.';
  if (answer === key) {
    return {
      name: 'key-sent-back',
      title: 'The key was sent back as it came',
      done: 'The server copied Sec-WebSocket-Key into Sec-WebSocket-Accept and computed nothing.',
      shows: `The answer has the ${key.length} characters of the key, one by one.`,
      mend: computeIt,
    };
  }
  if (answer !== key + WEBSOCKET_GUID) return undefined;
  return {
    name: 'text-sent',
    title: 'Key and GUID were sent without being hashed',
    done: 'The two were joined, and what is next, hash and base64, was left out.',
    shows: `The answer ends in the GUID, ${WEBSOCKET_GUID}.`,
    mend: computeIt,
  };
}

function knownAnswer(answer: string): Finding | undefined {
  const found = WELL_KNOWN_KEYS.find(([key]) => computeAccept(key) === answer);
  if (found === undefined) return undefined;
  const [key, source] = found;
  return {
    name: 'well-known-answer',
    title: 'This is the right answer for another key',
    done: `It answers ${source}. Perhaps a constant was left in the code, or the test that was pasted here used that key.`,
    shows: `The answer is what ${key} comes to.`,
    mend: 'Compute from the key of this very request: it is new for every connection.',
  };
}

const MIN_PART_LENGTH = 4;

function partOf(answer: string, right: string): Finding | undefined {
  if (answer.length < MIN_PART_LENGTH || answer.length >= right.length || !right.includes(answer)) return undefined;
  const from = right.indexOf(answer);
  return {
    name: 'part-of-the-answer',
    title: 'This is only a part of the right answer',
    done: 'The rest was cut off: in copying, or by a buffer that is too small.',
    shows: `The answer has characters ${from + 1} to ${from + answer.length} of the ${right.length} of ${right}`,
    mend: `Send all ${right.length} characters.`,
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
    title: slips === 1 ? 'One character was miscopied' : `${slips} characters were miscopied`,
    done: 'Two hashes differ in nearly every character, so these are slips of the hand or of the eye.',
    shows: `In the answer there ${sentence}.`,
    mend: 'Copy the whole answer again, or compare it in code.',
  };
}
