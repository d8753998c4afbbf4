import { checkKey, type KeyProblem } from '../../protocol/handshake/accept/accept-key.ts';
import { trimWhiteSpace } from '../../protocol/trim-white-space.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { compareBytes } from '../hex/compare-bytes.ts';
import type { Finding } from './finding.ts';
import { checkForm, emptyAnswer, unknownAnswer } from './form-of-answer.ts';
import type { Making } from './step.ts';
import { MISTAKES, rightWay, type WrongStep, waysWith } from './ways.ts';
import { recognizeAnswer } from './whole-answer.ts';

export type { Finding } from './finding.ts';
export type { Making } from './step.ts';

/** What the doctor says of an answer to a key. */
export interface Diagnosis {
  /** `named`: the mistakes are known; `unknown`: only that it is wrong; `missing`: there is nothing to judge. */
  readonly verdict: 'right' | 'named' | 'unknown' | 'missing';
  readonly sentence: string;
  /** The mistakes, in the order in which they were made; none where the answer is right. */
  readonly findings: readonly Finding[];
  /** The right way from this key to its answer; undefined where there is no key. */
  readonly right: Making | undefined;
  /** The way that was gone, where it is known and wrong. */
  readonly gone: Making | undefined;
  /** What is wrong with the key itself: a server refuses it before it computes anything. */
  readonly keyProblem: KeyProblem | undefined;
}

/** So many mistakes at once are looked for. */
const MAX_MISTAKES = 2;
/** Of a longer text nothing is looked for: no key or answer is anywhere near. */
const LONGEST = 256;

/**
 * Diagnoses what a person pasted: as {@link diagnose}, except that an empty text is no answer yet.
 *
 * @param pastedKey a key, or the whole header line it stands in
 * @param pastedAnswer an answer, or the whole header line it stands in; only a whole line can hold an empty answer
 */
export function diagnosePasted(pastedKey: string, pastedAnswer: string): Diagnosis {
  const key = trimWhiteSpace(cutValue(pastedKey, 'Sec-WebSocket-Key'));
  if (key === '' || key.length > LONGEST || trimWhiteSpace(pastedAnswer) !== '') {
    return diagnose(key, cutValue(pastedAnswer, 'Sec-WebSocket-Accept'));
  }
  const sentence =
    'Paste the answer that your server gave. If it is empty, paste the whole header line: Sec-WebSocket-Accept:';
  return missing(sentence, checkKey(key), rightWay(key).making);
}

/**
 * Finds out which mistake makes this answer from this key, by making every known one. RFC 6455 §4.2.2.
 *
 * @param key the value of Sec-WebSocket-Key
 * @param answer the value of a Sec-WebSocket-Accept that the response has: an empty one has causes of its own
 */
export function diagnose(key: string, answer: string): Diagnosis {
  const keyProblem = checkKey(key);
  if (key === '') return missing('Paste the key that the request had.', keyProblem);
  if (key.length > LONGEST || answer.length > LONGEST) {
    return missing(`A key has 24 characters and an answer 28: past ${LONGEST} nothing is compared.`, keyProblem);
  }
  const right = rightWay(key).making;
  const about = { right, gone: undefined, keyProblem };
  const rightAnswer = decodeLatin1(right.answer);
  if (answer === rightAnswer) {
    return { verdict: 'right', sentence: 'This is the right answer to this key.', findings: [], ...about };
  }
  const isEmpty = trimWhiteSpace(answer) === '';
  // Each mistake makes another hash, and one hash in 256 begins with 00: cut there, it would explain any empty answer.
  const way = isEmpty ? findWay(key, '', 1) : findWay(key, answer, MAX_MISTAKES);
  if (way !== undefined) return named(way.wrongSteps.map(findingOf), { ...about, gone: way.making });
  if (isEmpty) return named([emptyAnswer(right.digest)], about);
  const whole = recognizeAnswer(answer, key, rightAnswer) ?? checkForm(answer);
  if (whole !== undefined) return named([whole], about);
  const unknown = unknownAnswer(answer, rightAnswer, MISTAKES.length);
  return { verdict: 'unknown', sentence: `${unknown.title}.`, findings: [unknown], ...about };
}

function cutValue(pasted: string, name: string): string {
  const line = new RegExp(`^\\s*${name}:([^\\r\\n]*)(?:\\r?\\n)?$`, 'i').exec(pasted);
  return trimSpaces(line?.[1] ?? pasted);
}

/** Spaces and tabs alone, and not by a pattern: `[ \t]+$` takes the square of a long run of spaces. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t'.includes(text.charAt(start))) start++;
  while (end > start && ' \t'.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function findWay(key: string, answer: string, most: number): ReturnType<typeof rightWay> | undefined {
  const wanted = encodeText(answer);
  for (let mistakes = 1; mistakes <= most; mistakes++) {
    for (const way of waysWith(mistakes, key)) {
      if (compareBytes(way.making.answer, wanted) === undefined) return way;
    }
  }
  return undefined;
}

function findingOf({ step, mistake, made, instead }: WrongStep): Finding {
  const { name, title, done, mend } = mistake;
  const { sentence = '' } = compareBytes(made, instead, step.unit) ?? {};
  return { name, title, done, shows: endSentence(`${step.subject} ${sentence}`), mend };
}

function endSentence(text: string): string {
  return text.endsWith('…') ? text : `${text}.`;
}

function named(findings: readonly Finding[], about: Pick<Diagnosis, 'right' | 'gone' | 'keyProblem'>): Diagnosis {
  const sentence =
    findings.length === 1 ? `${findings[0]?.title}.` : `${findings.length} mistakes at once make this answer.`;
  return { verdict: 'named', sentence, findings, ...about };
}

function missing(sentence: string, keyProblem: KeyProblem | undefined, right?: Making): Diagnosis {
  return { verdict: 'missing', sentence, findings: [], right, gone: undefined, keyProblem };
}
