import { longPolling, pushing } from '../../../base/polling-cost/delay.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LABELS = ['by long polling, at ms', 'by WebSocket, at ms'];

/** When does the client receive the second message? */
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
        task: `A one-way trip takes ${delay} ms. At 0 ms the server has a message, and a request of the client is waiting there. At ${gap} ms the server has a second message. When does the client receive the second message?`,
        given: [],
        form: { kind: 'blanks', blanks: LABELS.map((label) => ({ label })) },
        hint: 'With long polling, the server must wait for the next request. The client sends it when the first message arrives.',
        solution: {
          steps: [
            `The first message arrives at ${delay} ms. The client then sends its next request, which reaches the server at ${backMs} ms.`,
            gap <= backMs
              ? `The second message has been waiting since ${gap} ms. The server sends it at ${backMs} ms, and it arrives at ${answer[0]} ms.`
              : `The second message is ready at ${gap} ms. The request is already there, so the message arrives at ${answer[0]} ms.`,
            `A WebSocket does not wait for a request: ${gap} + ${delay} = ${answer[1]} ms.`,
          ],
          answer,
        },
      },
      verify(given) {
        const wrong = arrivals.findIndex((ms, index) => Number(given[index]?.trim() || Number.NaN) !== ms);
        if (wrong === -1)
          return {
            right: true,
            sentence: `Right: at ${answer[0]} ms by long polling, and at ${answer[1]} ms by WebSocket.`,
          };
        const value = Number(given[wrong]?.trim() || Number.NaN);
        const [polled = 0] = arrivals;
        const why =
          wrong === 0 && value === polled - backMs
            ? 'You left out the next request, which the server needs before it can answer.'
            : wrong === 0 && value < backMs
              ? `At that time the server has no request to answer. The next one reaches it at ${backMs} ms.`
              : 'Follow each trip in turn. Each takes one way, and starts when the one before it has arrived.';
        return {
          right: false,
          sentence: `Not ${given[wrong]?.trim() ?? ''} ms ${LABELS[wrong]?.replace(', at ms', '')}. ${why}`,
          range: { start: wrong, end: wrong + 1 },
        };
      },
    };
  },
};
