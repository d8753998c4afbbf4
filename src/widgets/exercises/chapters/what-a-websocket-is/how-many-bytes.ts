import { formatNumber } from '../../../../text/count.ts';
import { costOf } from '../../../base/polling-cost/overhead.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LABELS = ['polled', 'pushed by the server', 'sent by the client'];

/** How much overhead do these messages cause? RFC 6455 §5.2. */
export const HOW_MANY_BYTES: Exercise = {
  id: 'how-many-bytes',
  title: 'Count the bytes',
  generate(seed) {
    const random = new SeededRandom(seed);
    const request = random.between(20, 90) * 10;
    const response = random.between(12, 50) * 10;
    const messages = random.between(2, 20) * 10;
    const length = random.between(5, 120);
    const heads = { requestBytes: request, requestHeaders: 0, responseBytes: response, responseHeaders: 0 };
    const { sum } = costOf(heads, length, { http2: false, tls: false, tcp: false });
    const truth = [sum.polling, sum.down, sum.up].map((bytes) => bytes * messages);
    return {
      question: {
        task: `The head of a request has ${request} bytes, and the head of its response ${response}. How many bytes of overhead do ${messages} messages of ${length} bytes each cause? Do not count TCP, TLS or the opening handshake.`,
        given: [],
        form: { kind: 'blanks', blanks: LABELS.map((label) => ({ label })) },
        hint: 'Polling needs a request and a response for each message. A short frame has a header of two bytes. A client adds a masking key of four bytes.',
        solution: {
          steps: [
            `Polled: (${request} + ${response}) × ${messages} = ${truth[0]}.`,
            `Pushed by the server: ${sum.down} × ${messages} = ${truth[1]}.`,
            `Sent by the client: ${sum.up} × ${messages} = ${truth[2]}.`,
          ],
          answer: truth.map(String),
        },
      },
      verify: (answer) => judge(answer, truth, messages),
    };
  },
};

function judge(answer: readonly string[], truth: readonly number[], messages: number): Verdict {
  const numbers = answer.map((text) => Number(text.replaceAll(/[\s,]/g, '') || Number.NaN));
  const wrong = truth.findIndex((value, index) => numbers[index] !== value);
  if (wrong === -1) {
    return {
      right: true,
      sentence: `Right. A polled message has ${times(truth)} times the overhead of a pushed one.`,
    };
  }
  const given = numbers[wrong] ?? Number.NaN;
  const range = { start: wrong, end: wrong + 1 };
  const label = LABELS[wrong];
  if (Number.isNaN(given)) return { right: false, sentence: `“${label}” needs a number.`, range };
  const sentence =
    given * messages === truth[wrong]
      ? `${given} bytes are right for one message, but there are ${messages}.`
      : `“${label}” is not ${given}. That would be ${Number((given / messages).toFixed(2))} bytes for each message.`;
  return { right: false, sentence, range };
}

function times([polled = 0, pushed = 1]: readonly number[]): string {
  return formatNumber(Math.round(polled / pushed));
}
