import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LABELS = ['by polling, in ms', 'by long polling, in ms', 'by WebSocket, in ms'];

/** How long does an event take in the worst case? RFC 6202 §2.2. */
export const LONGEST_WAIT: Exercise = {
  id: 'longest-wait',
  title: 'The longest wait',
  generate(seed) {
    const random = new SeededRandom(seed);
    const delay = random.between(2, 30) * 5;
    const interval = random.between(2, 50) * 100;
    const truth = [interval + 3 * delay, 3 * delay, delay];
    return {
      question: {
        task: `One way takes ${delay} ms. A page that polls asks again ${interval} ms after each answer. How long does an event take in the worst case, from when it happens to when the page has it?`,
        given: [],
        form: { kind: 'blanks', blanks: LABELS.map((label) => ({ label })) },
        hint: 'With both kinds of polling, the worst event happens just after an answer has left. Follow what has to travel before the event can.',
        solution: {
          steps: [
            `Polling: the answer travels ${delay} ms, the page waits ${interval} ms, its request travels ${delay} ms, and the next answer ${delay} ms: ${truth[0]} ms.`,
            `Long polling: the same without the interval: ${truth[1]} ms.`,
            `WebSocket: one way, ${delay} ms.`,
          ],
          answer: truth.map(String),
        },
      },
      verify: (answer) => judge(answer, truth, delay),
    };
  },
};

function judge(answer: readonly string[], truth: readonly number[], delay: number): Verdict {
  const wrong = truth.findIndex((ms, index) => Number(answer[index]?.trim() || Number.NaN) !== ms);
  if (wrong === -1)
    return { right: true, sentence: `Right. Without the interval, the ratio is 3:1, whatever a way takes.` };
  const given = Number(answer[wrong]?.trim() || Number.NaN);
  const short = (truth[wrong] ?? 0) - given;
  const why = Number.isNaN(given)
    ? 'Write a number.'
    : wrong === 2
      ? 'Nothing waits: the event leaves at once.'
      : short === delay || short === 2 * delay
        ? `You left out ${short === delay ? 'one way' : 'two ways'}: an answer, a request and another answer have to travel.`
        : 'Add up what happens one after the other: the answer that has just left, the next request, and its answer.';
  return {
    right: false,
    sentence: `Not ${LABELS[wrong]?.replace(', in ms', '')}. ${why}`,
    range: { start: wrong, end: wrong + 1 },
  };
}
