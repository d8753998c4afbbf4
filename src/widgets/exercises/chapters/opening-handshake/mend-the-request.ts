import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { drawRequest, judgeRequest, nameOfLine } from './draw-request.ts';

/** Something is missing or wrong: which line mends it? RFC 6455 §4.1. */
export const MEND_THE_REQUEST: Exercise = {
  id: 'mend-the-request',
  title: 'Mend the request',
  generate(seed) {
    const random = new SeededRandom(seed);
    const [first = '', ...headers] = drawRequest(random);
    const missing = random.pick(headers);
    const lines = [first, ...random.shuffle(headers.filter((line) => line !== missing))];
    return {
      question: {
        task: 'One header is missing, and so this request is refused. Write the whole line that mends it.',
        given: [{ kind: 'lines', label: 'the request', lines }],
        form: { kind: 'line', label: 'The missing line' },
        hint: 'A request has five headers that a server must find. Four of them are here.',
        solution: { steps: [refusalOf(lines) ?? ''], answer: [missing] },
      },
      verify: ([answer = '']) => judge(answer.trim(), lines),
    };
  },
};

function judge(line: string, lines: readonly string[]): Verdict {
  const name = nameOfLine(line);
  if (name === '') return { right: false, sentence: 'A header line has a name, a colon and a value.' };
  const there = lines.find((each) => nameOfLine(each) === name);
  if (there !== undefined) return { right: false, sentence: `There is such a line already: ${there}` };
  const refusal = refusalOf([...lines, line]);
  if (refusal === undefined) return { right: true, sentence: 'Right. A server answers 101 to it now.' };
  return { right: false, sentence: `With this line in it, the request is still refused. ${refusal}` };
}

function refusalOf(lines: readonly string[]): string | undefined {
  const judged = judgeRequest(lines);
  return 'refusal' in judged ? judged.refusal.sentence : undefined;
}
