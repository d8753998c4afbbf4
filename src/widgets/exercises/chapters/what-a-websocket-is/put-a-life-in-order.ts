import { exampleLife } from '../../../base/life/example-life.ts';
import { type Moment, momentsOf } from '../../../base/life/moment.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const TEXTS = ['Hello', 'ready?', 'go', 'ping me', 'bit by bit', 'are you there?', 'three', 'wait'];

/** What happens on a connection, in order? RFC 6455 §1.2. */
export const PUT_A_LIFE_IN_ORDER: Exercise = {
  id: 'put-a-life-in-order',
  title: 'Put a connection in order',
  generate(seed) {
    const random = new SeededRandom(seed);
    const text = random.pick(TEXTS);
    const lines = momentsOf(exampleLife(text)).map(describe);
    const items = random.shuffle(lines);
    return {
      question: {
        task: `A page connects to an echo server, sends “${text}”, and closes the connection when the echo arrives. Put the steps in order.`,
        given: [],
        form: { kind: 'order', legend: 'From first to last', items },
        hint: 'HTTP comes before frames, and a request before its response. The server ends TCP.',
        solution: { steps: lines, answer: lines.map((line) => String(items.indexOf(line))) },
      },
      verify(answer) {
        const given = answer.map((index) => items[Number(index)] ?? '');
        const wrong = lines.findIndex((line, place) => line !== given[place]);
        if (wrong === -1) return { right: true, sentence: 'Right, from start to end.' };
        const sentence =
          wrong === 0
            ? `“${given[0]}” cannot come first. The connection does not exist yet.`
            : `The first ${wrong === 1 ? 'step is' : `${wrong} steps are`} right. “${given[wrong]}” does not come next.`;
        return { right: false, sentence, range: { start: wrong, end: wrong + 1 } };
      },
    };
  },
};

function describe({ kind, from, title }: Moment): string {
  if (kind === 'tcp') return 'the client opens a TCP connection';
  if (kind === 'end') return 'the server ends TCP';
  return `${from}: ${title}`;
}
