import { checkKey, type KeyProblem } from '../../protocol/handshake/accept/accept-key.ts';
import { trimWhiteSpace } from '../../protocol/trim-white-space.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { compareBytes } from '../hex/compare-bytes.ts';
import type { Finding } from './finding.ts';
import { checkForm, emptyAnswer, unknownAnswer } from './form-of-answer.ts';
import type { Computation } from './step.ts';
import { MISTAKES, rareWayTo, rightWay, type WrongStep, waysWith } from './ways.ts';
import { recognizeAnswer } from './whole-answer.ts';

export type { Finding } from './finding.ts';
export type { Computation } from './step.ts';

/** The doctor's verdict on an answer to a key. */
export interface Diagnosis {
  /** `named`: the answer is wrong, and why is known; `unknown`: it is wrong; `missing`: the key or the answer is missing. */
  readonly verdict: 'right' | 'named' | 'unknown' | 'missing';
  readonly sentence: string;
  /** The mistakes, in the order in which they were made; empty if the answer is right. */
  readonly findings: readonly Finding[];
  /** The right computation from this key to its answer; undefined without a key. */
  readonly right: Computation | undefined;
  /** The computation that the server did, if it is wrong and known. */
  readonly actual: Computation | undefined;
  /** The first problem of the key itself: a server refuses such a key before it computes anything. */
  readonly keyProblem: KeyProblem | undefined;
}

/** The doctor looks for up to this many mistakes at once. */
const MAX_MISTAKES = 2;
/** The doctor does not look at longer texts: no key or answer comes near this length. */
const MAX_CHARACTERS = 256;

/**
 * Diagnoses pasted text. Does the same as {@link diagnose}, but treats an empty text as missing: only a whole header
 * line can hold an empty answer.
 *
 * @param pastedKey a key, or its whole header line
 * @param pastedAnswer an answer, or its whole header line
 */
export function diagnosePasted(pastedKey: string, pastedAnswer: string): Diagnosis {
  const key = trimWhiteSpace(cutValue(pastedKey, 'Sec-WebSocket-Key'));
  if (key === '' || key.length > MAX_CHARACTERS || trimWhiteSpace(pastedAnswer) !== '') {
    return diagnose(key, cutValue(pastedAnswer, 'Sec-WebSocket-Accept'));
  }
  const sentence =
    'Paste your server’s answer. If the answer is empty, paste the whole header line: Sec-WebSocket-Accept:';
  return missing(sentence, checkKey(key), rightWay(key).computation);
}

/**
 * Finds the mistake that leads from this key to this answer, by trying every known one. RFC 6455 §4.2.2.
 *
 * @param key the value of Sec-WebSocket-Key
 * @param answer the value of the response's Sec-WebSocket-Accept; an empty value has its own causes
 */
export function diagnose(key: string, answer: string): Diagnosis {
  const keyProblem = checkKey(key);
  if (key === '') return missing('Paste the key of the request.', keyProblem);
  if (key.length > MAX_CHARACTERS || answer.length > MAX_CHARACTERS) {
    return missing(
      `A key has 24 characters and an answer has 28. This text has more than ${MAX_CHARACTERS}: paste only the key and the answer.`,
      keyProblem,
    );
  }
  const right = rightWay(key).computation;
  const about = { right, actual: undefined, keyProblem };
  const rightAnswer = decodeLatin1(right.answer);
  if (answer === rightAnswer) {
    return { verdict: 'right', sentence: 'This is the right answer for this key.', findings: [], ...about };
  }
  const isEmpty = trimWhiteSpace(answer) === '';
  // One hash in 256 begins with 00. Cut there, it is empty: with two mistakes, that would explain every empty answer.
  const way = isEmpty ? findWay(key, '', 1) : findWay(key, answer, MAX_MISTAKES);
  if (way !== undefined) return named(way.wrongSteps.map(findingOf), { ...about, actual: way.computation });
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

/** Trims only spaces and tabs. A pattern such as `[ \t]+$` would take quadratic time on a long run of spaces. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t'.includes(text.charAt(start))) start++;
  while (end > start && ' \t'.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function findWay(key: string, answer: string, maxMistakes: number): ReturnType<typeof rightWay> | undefined {
  const wanted = encodeText(answer);
  for (let mistakes = 1; mistakes <= maxMistakes; mistakes++) {
    for (const way of waysWith(mistakes, key)) {
      if (compareBytes(way.computation.answer, wanted) === undefined) return way;
    }
    const rare = mistakes === 1 ? rareWayTo(answer, key) : undefined;
    if (rare !== undefined) return rare;
  }
  return undefined;
}

function findingOf({ step, mistake, made, instead }: WrongStep): Finding {
  const { name, title, cause, fix } = mistake;
  const { sentence = '' } = compareBytes(made, instead, step.unit) ?? {};
  return { name, title, cause, evidence: endSentence(`${step.subject} ${sentence}`), fix };
}

function endSentence(text: string): string {
  return text.endsWith('…') ? text : `${text}.`;
}

function named(findings: readonly Finding[], about: Pick<Diagnosis, 'right' | 'actual' | 'keyProblem'>): Diagnosis {
  const sentence =
    findings.length === 1 ? `${findings[0]?.title}.` : `This answer comes from ${findings.length} mistakes at once.`;
  return { verdict: 'named', sentence, findings, ...about };
}

function missing(sentence: string, keyProblem: KeyProblem | undefined, right?: Computation): Diagnosis {
  return { verdict: 'missing', sentence, findings: [], right, actual: undefined, keyProblem };
}
