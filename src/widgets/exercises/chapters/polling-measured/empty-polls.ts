import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** What is paid for answers that bring nothing? */
export const EMPTY_POLLS: Exercise = {
  id: 'empty-polls',
  title: 'Answers without news',
  generate(seed) {
    const random = new SeededRandom(seed);
    const clients = random.between(2, 40) * 500;
    const seconds = random.pick([2, 4, 5, 10, 20]);
    const request = random.between(30, 90) * 10;
    const response = random.between(15, 40) * 10;
    const right = (clients / seconds) * (request + response);
    return {
      question: {
        task: `${clients.toLocaleString('en-US')} clients poll every ${seconds} seconds. The head of a request has ${request} bytes, and that of its response ${response}. Nothing happens all night. How many bytes does the server read and write in a second?`,
        given: [],
        form: { kind: 'line', label: 'Bytes in a second', numeric: true },
        hint: 'How many requests arrive in a second?',
        solution: {
          steps: [
            `${clients.toLocaleString('en-US')} clients, divided by ${seconds}: ${(clients / seconds).toLocaleString('en-US')} requests in a second.`,
            `Each has ${request} + ${response} = ${request + response} bytes.`,
            `Together: ${right.toLocaleString('en-US')} bytes. With open WebSockets it would be none.`,
          ],
          answer: [String(right)],
        },
      },
      verify: ([given = '']) => judge(given, right, { clients, seconds, request }),
    };
  },
};

interface Numbers {
  readonly clients: number;
  readonly seconds: number;
  readonly request: number;
}

function judge(text: string, right: number, { clients, seconds, request }: Numbers): Verdict {
  const given = Number(text.replace(/[\s,]/g, '') || Number.NaN);
  if (Number.isNaN(given)) return { right: false, sentence: 'Write a number.' };
  if (given === right)
    return { right: true, sentence: `Right: ${(right / 1e6).toFixed(1)} MB in a second, for no news at all.` };
  if (given === right * seconds)
    return { right: false, sentence: `That is in ${seconds} seconds. How much is it in one?` };
  if (given === (clients / seconds) * request)
    return { right: false, sentence: 'Those are the requests only. Each of them gets a response.' };
  return { right: false, sentence: given > right ? 'It is less.' : 'It is more.' };
}
