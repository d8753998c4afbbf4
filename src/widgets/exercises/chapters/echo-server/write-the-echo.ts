import { formatHex } from '../../../../bytes/hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyFrame } from '../../verify-bytes.ts';

const WORDS = ['ab', 'no', 'yes', 'ok!', 'cat', 'to'];

/** A message in two fragments comes back in one frame. RFC 6455 §5.4, §6.1. */
export const WRITE_THE_ECHO: Exercise = {
  id: 'write-the-echo',
  title: 'Write the echo',
  generate(seed) {
    const random = new SeededRandom(seed);
    const [first, second] = [random.pick(WORDS), random.pick(WORDS)];
    const masked = (fin: boolean, opcode: number, text: string) =>
      formatHex(encodeFrame({ fin, opcode, payload: encodeText(text), maskingKey: drawMaskingKey(random) }));
    const frames = [masked(false, OPCODE.text, first), masked(true, OPCODE.continuation, second)];
    const echo = encodeFrame({ opcode: OPCODE.text, payload: encodeText(first + second) }).slice();
    return {
      question: {
        task: 'A client sends one text message in two fragments. The echo server gives its handler whole messages, and the handler sends the message back. Write the frame that the server sends, in hex.',
        given: [
          { kind: 'bytes', label: 'the first fragment', hex: frames[0] ?? '' },
          { kind: 'bytes', label: 'the second fragment', hex: frames[1] ?? '' },
        ],
        form: { kind: 'hex', label: 'The echo' },
        hint: 'Unmask each payload with the key of its own frame, and join them. The answer is one frame, not masked.',
        solution: {
          steps: [
            `The payloads are “${first}” and “${second}”.`,
            'FIN and the opcode of text make the first byte. The second is the length of both together.',
          ],
          answer: [formatHex(echo)],
        },
      },
      verify: ([typed = '']) => verifyFrame(typed, echo),
    };
  },
};
