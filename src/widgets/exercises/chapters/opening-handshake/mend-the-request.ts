import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { drawRequest, judgeRequest, nameOfLine } from './draw-request.ts';

/** A header is missing: which line repairs the request? RFC 6455 §4.1. */
export const MEND_THE_REQUEST: Exercise = {
  id: 'mend-the-request',
  title: 'Repair the request',
  generate(seed) {
    const random = new SeededRandom(seed);
    const [first = '', ...headers] = drawRequest(random);
    const missing = random.pick(headers);
    const lines = [first, ...random.shuffle(headers.filter((line) => line !== missing))];
    return {
      question: {
        task: 'The server refuses this request because one header is missing. Write that whole line.',
        given: [{ kind: 'lines', label: 'the request', lines }],
        form: { kind: 'line', label: 'The missing line' },
        hint: 'A server needs five headers in a request. Four of them are here.',
        solution: { steps: [refusalOf(lines) ?? ''], answer: [missing] },
      },
      verify: ([answer = '']) => judge(answer.trim(), lines),
    };
  },
};

function judge(line: string, lines: readonly string[]): Verdict {
  const name = nameOfLine(line);
  if (name === '') return { right: false, sentence: 'Write a header line: a name, a colon and a value.' };
  const there = lines.find((each) => nameOfLine(each) === name);
  if (there !== undefined) return { right: false, sentence: `The request already has this header: ${there}` };
  const refusal = refusalOf([...lines, line]);
  if (refusal === undefined) return { right: true, sentence: 'Right. Now the server answers 101.' };
  return { right: false, sentence: `With this line, the server still refuses the request. ${refusal}` };
}

function refusalOf(lines: readonly string[]): string | undefined {
  const judged = judgeRequest(lines);
  return 'refusal' in judged ? judged.refusal.sentence : undefined;
}
