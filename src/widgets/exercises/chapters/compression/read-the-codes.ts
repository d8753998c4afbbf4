import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const KEYS = ['price', 'speed', 'level', 'seats', 'width'];

/** A code: characters as they are, or a copy. */
type Code = { readonly literal: string } | { readonly length: number; readonly distance: number };

/** A message is read from its codes and the message before it. RFC 1951 §3.2.3. */
export const READ_THE_CODES: Exercise = {
  id: 'read-the-codes',
  title: 'Read the codes',
  generate(seed) {
    const random = new SeededRandom(seed);
    const [first = '', second = ''] = random.shuffle(KEYS);
    const number = () => String(random.between(100, 999));
    const before = `${first}=${number()} ${second}=${number()}`;
    const [one, two] = [number(), number()];
    // Both messages have the same form, so each copy reaches back by exactly one message.
    const pieces: { readonly code: Code; readonly text: string }[] = [
      { code: { length: first.length + 1, distance: before.length }, text: `${first}=` },
      { code: { literal: one }, text: one },
      { code: { length: second.length + 2, distance: before.length }, text: ` ${second}=` },
      { code: { literal: two }, text: two },
    ];
    const answer = pieces.map(({ text }) => text).join('');
    return {
      question: {
        task: 'The window holds the first message, and nothing else. Write the text of the second.',
        given: [
          { kind: 'value', label: 'message 1', text: before },
          { kind: 'lines', label: 'codes of message 2', lines: pieces.map(({ code }) => describe(code)) },
        ],
        form: { kind: 'line', label: 'Message 2' },
        hint: 'Write both messages in one line, without anything between them. A copy counts back from where it is written.',
        solution: {
          steps: pieces.map(({ code, text }) => `${describe(code)}: \`${text}\``),
          answer: [answer],
        },
      },
      verify: ([given = '']) => judge(given, answer, pieces),
    };
  },
};

function describe(code: Code): string {
  return 'literal' in code ? `the bytes ${code.literal}` : `copy ${code.length} from ${code.distance} back`;
}

function judge(
  given: string,
  answer: string,
  pieces: readonly { readonly code: Code; readonly text: string }[],
): Verdict {
  if (given === answer) return { right: true, sentence: `Right: ${answer.length} bytes from ${pieces.length} codes.` };
  let at = 0;
  while (at < given.length && given[at] === answer[at]) at++;
  if (at === given.length)
    return { right: false, sentence: `That is right so far. ${answer.length - at} more characters follow.` };
  if (at === answer.length) return { right: false, sentence: 'The message is shorter: no code is left.' };
  let end = 0;
  const index = pieces.findIndex(({ text }) => {
    end += text.length;
    return at < end;
  });
  const code = pieces[index]?.code;
  const sentence = `Character ${at + 1} is wrong. It comes from code ${index + 1}: ${code === undefined ? '' : describe(code)}.`;
  return { right: false, sentence, range: { start: at, end: at + 1 } };
}
