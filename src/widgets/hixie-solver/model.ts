import { formatHexByte } from '../../bytes/hex.ts';
import {
  answerChallenge,
  CHALLENGE_BODY_BYTES,
  challengeOf,
  EXAMPLE_CHALLENGE,
  type SolvedKey,
  solveKey,
} from '../../drafts/hixie-challenge.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeLatin1, encodeLatin1 } from '../../text/latin1.ts';

/** What the reader typed. */
export interface SolverState {
  readonly key1: string;
  readonly key2: string;
  /** Eight characters, or eight bytes in hex. */
  readonly body: string;
}

export const EXAMPLE: SolverState = {
  key1: EXAMPLE_CHALLENGE.key1,
  key2: EXAMPLE_CHALLENGE.key2,
  body: decodeLatin1(EXAMPLE_CHALLENGE.body),
};

/** In characters: no client sends a longer key. */
export const MAX_KEY_LENGTH = 200;

export interface KeyView {
  readonly problem: string | undefined;
  /** `4146546015 ÷ 5 = 829309203` */
  readonly sum: string;
  /** The quotient as four bytes in hex. */
  readonly bytes: string;
}

export interface SolverView {
  readonly keys: readonly [KeyView, KeyView];
  readonly bodyProblem: string | undefined;
  readonly bodyHex: string;
  /** Undefined while something is wrong above. */
  readonly answer: { readonly hex: string; readonly text: string } | undefined;
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, formatHexByte).join(' ');

/** Reads the eight bytes, as characters or in hex. */
export function readBody(text: string): Uint8Array | { readonly problem: string } {
  const digits = text.replace(/\s/g, '');
  if (/^[0-9a-f]{16}$/i.test(digits))
    return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (/[^\0-\u00ff]/.test(text)) return { problem: 'A character here is not one byte. Give the bytes in hex.' };
  if (text.length !== CHALLENGE_BODY_BYTES)
    return {
      problem: `Give ${CHALLENGE_BODY_BYTES} characters, or ${CHALLENGE_BODY_BYTES} bytes in hex. There are ${text.length} characters.`,
    };
  return encodeLatin1(text);
}

export function presentSolver({ key1, key2, body }: SolverState): SolverView {
  const [first, second, read] = [solveKey(key1), solveKey(key2), readBody(body)];
  const bytes = 'problem' in read ? undefined : read;
  const solved = bytes && answerChallenge(key1, key2, bytes);
  return {
    keys: [presentKey(first), presentKey(second)],
    bodyProblem: 'problem' in read ? read.problem : undefined,
    bodyHex: bytes === undefined ? '' : hexOf(bytes),
    answer:
      solved === undefined || 'problem' in solved
        ? undefined
        : { hex: hexOf(solved.answer), text: escapeText(decodeLatin1(solved.answer)) },
  };
}

function presentKey(solved: SolvedKey | { readonly problem: string }): KeyView {
  if ('problem' in solved) return { problem: solved.problem, sum: '', bytes: '' };
  const { digits, spaces, quotient } = solved;
  return {
    problem: undefined,
    sum: `${digits} ÷ ${spaces} ${spaces === 1 ? 'space' : 'spaces'} = ${quotient}`,
    bytes: hexOf(challengeOf(quotient, 0, new Uint8Array(0)).subarray(0, 4)),
  };
}
