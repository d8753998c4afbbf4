import { diagnose } from '../accept-doctor/diagnose.ts';
import { type ReadForm, refused } from './pasted.ts';

const HEAD = /^\s*(?:(?:GET|HTTP\/1\.\d) \S|(?:[<>]\s*)?(?:Sec-WebSocket-\w+|Upgrade|Connection|Host):)/i;

/** An HTTP head as text is not bytes, but the accept doctor can judge its key and its answer. */
export const refuseHeadText: ReadForm = (text) => {
  const opening = text.slice(0, MAX_HEAD_CHARACTERS);
  if (!HEAD.test(opening)) return undefined;
  const key = headerValue(opening, 'Sec-WebSocket-Key');
  const answer = headerValue(opening, 'Sec-WebSocket-Accept');
  const what = 'This is an HTTP head as text, not bytes.';
  const end = Math.min(text.length, 40);
  if (key === undefined || answer === undefined)
    return refused(
      `${what} To check its Sec-WebSocket-Accept, use the accept doctor, at /chapters/accept-hash/.`,
      0,
      end,
    );
  const { verdict, sentence, findings } = diagnose(key, answer);
  const [finding] = findings;
  const more = finding === undefined ? '' : ` ${finding.cause} ${finding.evidence} ${finding.fix}`;
  const judged =
    verdict === 'right'
      ? 'Its Sec-WebSocket-Accept is right for its key.'
      : `Its Sec-WebSocket-Accept is wrong. ${sentence}${more}`;
  return refused(`${what} ${judged}`, 0, end);
};

/** In characters. */
const MAX_HEAD_CHARACTERS = 16 * 1024;

function headerValue(text: string, name: string): string | undefined {
  return new RegExp(`^(?:[<>]\\s*)?${name}:[ \\t]*([^\\r\\n]*?)[ \\t]*$`, 'im').exec(text)?.[1];
}
