import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyOrder } from '../../verify-bytes.ts';

const WAY = [
  'Node calls the transport with the bytes of a read',
  'the header is read: FIN, opcode, length, key',
  'the payload is unmasked',
  'the header is checked, and the text if it is not all ASCII',
  'the endpoint reports a message',
  'the handler calls send()',
  'a header is written, and the payload after it',
  'everything goes to the system in one write',
];
const SHOWN = 6;

/** The way of a message through the server. RFC 6455 §6.1, §6.2. */
export const ORDER_THE_WAY: Exercise = {
  id: 'order-the-way',
  title: 'Put the way in order',
  generate(seed) {
    const random = new SeededRandom(seed);
    const left = new Set(random.shuffle(WAY).slice(0, SHOWN));
    const way = WAY.filter((each) => left.has(each));
    const items = random.shuffle(way);
    const expected = way.map((each) => items.indexOf(each));
    return {
      question: {
        task: 'A message passes our echo server. Put what happens in order.',
        given: [],
        form: { kind: 'order', legend: 'First at the top', items },
        hint: 'A payload can be checked only after it is unmasked. What the handler sends waits until the read is done.',
        solution: { steps: ['In, from the socket to the handler; and out again.'], answer: expected.map(String) },
      },
      verify: (answer) => verifyOrder(answer, expected, items),
    };
  },
};
