import { formatHex } from '../../../../bytes/hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../../../protocol/limits.ts';
import { Receiver } from '../../../../protocol/messages/receiver.ts';
import { countNoun } from '../../../../text/count.ts';
import { encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const TEXTS = ['Hello', 'ok', 'echo me', 'one, two', 'x'];
const OPTIONS = {
  header: 'it keeps the bytes of a header, and waits',
  payload: 'it keeps a part of a payload, and waits',
  once: 'it calls the handler once, and keeps nothing',
  onceAndHeader: 'it calls the handler once, and keeps the bytes of a header',
} as const;

/** What a read that ends anywhere leaves behind. RFC 6455 §5.2. */
export const WHAT_IS_KEPT: Exercise = {
  id: 'what-is-kept',
  title: 'What does the server keep?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const text = random.pick(TEXTS);
    const frame = () =>
      encodeFrame({ opcode: OPCODE.text, payload: encodeText(text), maskingKey: drawMaskingKey(random) }).slice();
    const [first, second] = [frame(), frame()];
    const stream = Uint8Array.of(...first, ...second);
    const ends = [random.between(1, 5), first.length - 1, first.length, first.length + random.between(1, 5)];
    const end = random.pick(ends);
    const read = stream.slice(0, end);
    const { calls, heldHeaderBytes } = receive(read);
    const right =
      calls === 1 ? (heldHeaderBytes > 0 ? 'onceAndHeader' : 'once') : heldHeaderBytes > 0 ? 'header' : 'payload';
    const [lastByte = 0] = first.subarray(1);
    const needs = `The first frame has ${countNoun(first.length, 'byte')}: six of header and key, because its length is ${lastByte & 0x7f}, and the payload.`;
    return {
      question: {
        task: 'These bytes are the first read of a connection that is open. What does the server do?',
        given: [{ kind: 'bytes', label: 'the read', hex: formatHex(read) }],
        form: { kind: 'choice', legend: 'The server', options: Object.values(OPTIONS) },
        hint: 'The second byte without its highest bit is the length. A short masked frame has six bytes before its payload.',
        solution: {
          steps: [needs, `The read has ${countNoun(read.length, 'byte')}.`],
          answer: [OPTIONS[right]],
        },
      },
      verify([chosen = '']) {
        if (chosen === OPTIONS[right])
          return { right: true, sentence: `Right: the read has ${countNoun(read.length, 'byte')}.` };
        return { right: false, sentence: `Count again. ${needs}` };
      },
    };
  },
};

/** What the server's own receiver does with it. */
function receive(read: Uint8Array): { calls: number; heldHeaderBytes: number } {
  const receiver = new Receiver('client', DEFAULT_LIMITS);
  receiver.feed(read.slice());
  let calls = 0;
  while (receiver.next() !== undefined) calls++;
  return { calls, heldHeaderBytes: receiver.heldHeaderBytes };
}
