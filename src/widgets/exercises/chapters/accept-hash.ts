import { formatHex } from '../../../bytes/hex.ts';
import { diagnosePasted } from '../../../inspector/accept-doctor/diagnose.ts';
import { compareBytes } from '../../../inspector/hex/compare-bytes.ts';
import { acceptSteps, encodeKey, NONCE_LENGTH } from '../../../protocol/handshake/accept/accept-key.ts';
import type { Exercise, Verdict } from '../exercise.ts';
import { SeededRandom } from '../random.ts';
import { BASE64_BY_HAND } from './accept-hash/base64-by-hand.ts';
import { NAME_THE_MISTAKE } from './accept-hash/name-the-mistake.ts';
import { OPEN_OR_FAIL } from './accept-hash/open-or-fail.ts';
import { WHAT_IS_HASHED } from './accept-hash/what-is-hashed.ts';

const WRITE_THE_ACCEPT: Exercise = {
  id: 'write-the-accept',
  title: 'Write the accept',
  generate(seed) {
    const { key, hashedText, digest, accept } = acceptSteps(encodeKey(new SeededRandom(seed).bytes(NONCE_LENGTH)));
    return {
      question: {
        task: 'A client sends this key. Compute its accept with your own code, or on the command line.',
        given: [{ kind: 'value', label: 'Sec-WebSocket-Key', text: key }],
        form: { kind: 'line', label: 'Sec-WebSocket-Accept' },
        hint: 'In a shell: `printf %s KEYGUID | openssl sha1 -binary | base64`, with the key and the GUID in place of `KEYGUID`.',
        solution: {
          steps: [`The text to hash: \`${hashedText}\``, `Its SHA-1: \`${formatHex(digest)}\``],
          answer: [accept],
        },
      },
      verify: ([answer = '']) => verifyAccept(key, accept, answer),
    };
  },
};

/** The accept doctor judges the answer, and names the mistake if it knows it. */
function verifyAccept(key: string, accept: string, answer: string): Verdict {
  const { verdict, sentence, findings } = diagnosePasted(key, answer);
  if (verdict === 'right') return { right: true, sentence: 'Right. A client would open the connection.' };
  const [finding] = findings;
  const encode = (text: string) => new TextEncoder().encode(text);
  const range = compareBytes(encode(answer.trim()), encode(accept), 'character');
  const why = finding === undefined ? '' : ` ${finding.evidence} ${finding.fix}`;
  return { right: false, sentence: `${sentence}${why}`, ...(range && { range }) };
}

/** The exercises of the chapter "The accept hash". */
export const EXERCISES: readonly Exercise[] = [
  WHAT_IS_HASHED,
  WRITE_THE_ACCEPT,
  BASE64_BY_HAND,
  NAME_THE_MISTAKE,
  OPEN_OR_FAIL,
];
