import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LENGTHS = [5, 20, 100, 125, 126, 200, 1000];

/** What a broadcast costs on the wire, in both directions. RFC 6455 §5.2, §5.3. */
export const COUNT_THE_BYTES: Exercise = {
  id: 'count-the-bytes',
  title: 'How many bytes?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const length = random.pick(LENGTHS);
    const members = random.between(2, 50);
    const payload = new Uint8Array(length);
    const read = encodeFrame({ opcode: OPCODE.binary, payload, maskingKey: 1 }).length;
    const each = encodeFrame({ opcode: OPCODE.binary, payload }).length;
    return {
      question: {
        task: `A broadcast has ${members} members. One of them sends a message of ${length} bytes. How many bytes of frames does the server read, and how many does it write to all of them together?`,
        given: [
          { kind: 'value', label: 'members, the sender included', text: String(members) },
          { kind: 'value', label: 'bytes of the message', text: String(length) },
        ],
        form: { kind: 'blanks', blanks: [{ label: 'bytes read' }, { label: 'bytes written' }] },
        hint: 'Up to 125 bytes, a header has two bytes. From 126 on it has four. A client adds a masking key of four bytes.',
        solution: {
          steps: [
            `One masked frame in: ${length} bytes and ${read - length} of header and key.`,
            `${members} unmasked frames out, each ${each} bytes.`,
          ],
          answer: [String(read), String(members * each)],
        },
      },
      verify: (answer) => judge(answer, { length, members, read, each }),
    };
  },
};

function judge(
  answer: readonly string[],
  { length, members, read, each }: Readonly<Record<'length' | 'members' | 'read' | 'each', number>>,
): Verdict {
  const [given, written] = [0, 1].map((i) => Number((answer[i] ?? '').replace(/[\s,]/g, '') || Number.NaN));
  if (given === read && written === members * each)
    return { right: true, sentence: `Right: the server writes ${members} times the same ${each} bytes.` };
  const wrong = (blank: number, sentence: string): Verdict => ({
    right: false,
    sentence,
    range: { start: blank, end: blank + 1 },
  });
  if (given === length) return wrong(0, 'That is the message alone. A frame has a header too.');
  if (given === each) return wrong(0, 'That frame is not masked. What a client sends has a masking key of four bytes.');
  if (given !== read) return wrong(0, 'The server does not read so many bytes. Add header, key and message.');
  if (written === (members - 1) * each) return wrong(1, 'The sender gets its own message as well.');
  if (written === members * read) return wrong(1, 'A server does not mask what it sends.');
  return wrong(1, `The server writes one frame for each of the ${members} members.`);
}
