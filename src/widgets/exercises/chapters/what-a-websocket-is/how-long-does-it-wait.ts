import { longPolling, pushing } from '../../../base/polling-cost/delay.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LABELS = ['the second message, by long polling, at ms', 'the second message, by WebSocket, at ms'];

/** When does the second message reach the client? */
export const HOW_LONG_DOES_IT_WAIT: Exercise = {
  id: 'how-long-does-it-wait',
  title: 'Wait for the second message',
  generate(seed) {
    const random = new SeededRandom(seed);
    const delay = random.between(3, 30) * 5;
    const gap = random.between(1, Math.floor((delay * 3) / 5)) * 5;
    const times = [0, gap];
    const arrivals = [longPolling(delay, times), pushing(delay, times)].map(({ waitsMs }) => gap + (waitsMs[1] ?? 0));
    const answer = arrivals.map(String);
    const backMs = 2 * delay;
    return {
      question: {
        task: `One way takes ${delay} ms. A client’s request waits in the server when a message comes up, at 0 ms. A second message comes up at ${gap} ms. When does the client have the second one?`,
        given: [],
        form: { kind: 'blanks', blanks: LABELS.map((label) => ({ label })) },
        hint: 'With long polling the server can say nothing until the next request is there. That request sets out when the first message has arrived.',
        solution: {
          steps: [
            `The first message arrives at ${delay} ms. The next request sets out, and is in the server at ${backMs} ms.`,
            gap <= backMs
              ? `The second message has waited for it since ${gap} ms. It sets out at ${backMs} ms and arrives at ${answer[0]} ms.`
              : `The second message comes up at ${gap} ms, finds the request there, and arrives at ${answer[0]} ms.`,
            `A WebSocket waits for no request: ${gap} + ${delay} = ${answer[1]} ms.`,
          ],
          answer,
        },
      },
      verify(given) {
        const wrong = arrivals.findIndex((ms, index) => Number(given[index]?.trim() || Number.NaN) !== ms);
        if (wrong === -1) return { right: true, sentence: `Right: at ${answer[0]} ms, and at ${answer[1]} ms.` };
        const value = Number(given[wrong]?.trim() || Number.NaN);
        const [polled = 0] = arrivals;
        const why =
          wrong === 0 && value === polled - backMs
            ? 'That leaves the request out that must be there first.'
            : wrong === 0 && value < backMs
              ? `At that time the server has no request to answer: the next one is there at ${backMs} ms.`
              : 'Count one way for each arrow, from the time at which it can set out.';
        return {
          right: false,
          sentence: `Not ${given[wrong]?.trim() ?? ''} ms. ${why}`,
          range: { start: wrong, end: wrong + 1 },
        };
      },
    };
  },
};
