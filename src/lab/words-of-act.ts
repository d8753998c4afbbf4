import { checkCloseBody } from '../protocol/closing/close-body.ts';
import { statusCodeInfo } from '../protocol/closing/status-codes.ts';
import type { LabAct } from './act.ts';
import { ACT_WORDS, type ActWords, words } from './act-words.ts';

/** For any status code, right or wrong. RFC 6455 §7.4. */
function wordsOfClose(statusCode: number): ActWords {
  const violation = checkCloseBody(Uint8Array.of(statusCode >>> 8, statusCode & 0xff));
  const { name, source } = statusCodeInfo(statusCode);
  return words(
    violation?.section ?? (/^\d/.test(source) ? source : '7.4.2'),
    `Close with code ${statusCode}`,
    `Sends a close frame with status code ${statusCode} (${name}).`,
    violation?.rule,
  );
}

/**
 * Describes an act.
 *
 * @throws RangeError if act-words.ts has no words for it
 */
export function wordsOfAct({ name }: LabAct): ActWords {
  const statusCode = /^close-(\d+)$/.exec(name)?.[1];
  const known = statusCode === undefined ? ACT_WORDS[name] : wordsOfClose(Number(statusCode));
  if (known === undefined) throw new RangeError(`There are no words for the act ${name}: write them into act-words.ts`);
  return known;
}
