import { formatHexByte } from '../../../../bytes/hex.ts';
import { describeSpans, utf8Steps } from '../../../../inspector/frame/utf8-steps.ts';
import { encodeText, Utf8Checker } from '../../../../text/utf8.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { pickByteQuestion } from '../../pick-byte.ts';
import { SeededRandom } from '../../random.ts';

const STARTS = ['5 €', 'ü', 'Hé', '€', 'naï', 'a', '😀'];
/** Each is wrong at one of its bytes, wherever it stands. */
const FAULTS: readonly (readonly number[])[] = [
  [0x80],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xff],
  [0xfc, 0x72],
  [0xe2, 0x82, 0x41],
  [0xf0, 0x9f, 0x41, 0x80],
  [0xc3, 0xc3, 0xbc],
];

/** Which byte makes a text invalid? RFC 6455 §8.1, RFC 3629 §4. */
export const WRONG_IN_UTF8: Exercise = {
  id: 'wrong-in-utf8',
  title: 'Where UTF-8 goes wrong',
  generate(seed) {
    const random = new SeededRandom(seed);
    const bytes = Uint8Array.of(
      ...encodeText(random.pick(STARTS)),
      ...random.pick(FAULTS),
      ...encodeText(random.pick(STARTS)),
    );
    const wrong = new Utf8Checker().push(bytes);
    const steps = utf8Steps(bytes);
    return {
      question: pickByteQuestion(bytes, {
        task: 'This is the payload of a text message, unmasked. At which byte does the receiver fail the connection?',
        hint: 'The first byte of a character says how many bytes follow, and sometimes limits the second.',
        steps: [...steps.slice(0, wrong + 1).map(({ byte, sentence }) => `\`${formatHexByte(byte)}\`: ${sentence}.`)],
        answer: wrong,
      }),
      verify: ([picked]) => judge(Number(picked), bytes, wrong),
    };
  },
};

function judge(at: number, bytes: Uint8Array, wrong: number): Verdict {
  const steps = utf8Steps(bytes);
  const range = { start: at, end: at + 1 };
  const said = steps[at];
  if (said === undefined) return { right: false, sentence: 'Pick a byte.' };
  const hex = formatHexByte(said.byte);
  if (at === wrong) {
    const allowed = describeSpans(said.allowed);
    return {
      right: true,
      sentence: `Right. ${hex}: ${said.sentence}. Allowed here: ${allowed}. The receiver closes with 1007.`,
      range,
    };
  }
  if (at > wrong) {
    return {
      right: false,
      sentence: `The receiver never looks at byte ${at + 1}. By then, it has failed the connection.`,
      range,
    };
  }
  return { right: false, sentence: `Byte ${at + 1}, ${hex}, is allowed there: ${said.sentence}.`, range };
}
