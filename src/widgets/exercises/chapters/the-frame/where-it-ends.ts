import { decodeFrames } from '../../../../inspector/frame/decode-stream.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { pickByteQuestion } from '../../pick-byte.ts';
import { SeededRandom } from '../../random.ts';

const WORDS = ['Hi', 'ok', 'bit', 'one', 'two', ''];

/** Frames one after the other, with nothing between them: only the headers say where one ends. RFC 6455 §5.2. */
export const WHERE_IT_ENDS: Exercise = {
  id: 'where-the-second-frame-begins',
  title: 'Where does the next frame begin?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const bytes = Uint8Array.of(...drawFrame(random), ...drawFrame(random));
    const frames = decodeFrames(bytes).frames;
    const begins = frames[1]?.offset ?? 0;
    return {
      question: pickByteQuestion(bytes, {
        task: 'Two frames arrived in one read. Which byte is the first of the second frame?',
        hint: 'Add the length of the first frame’s header and the length of its payload. Its second byte tells you both.',
        steps: [
          `By its second byte, the first frame has ${begins} bytes, so the second frame begins with byte ${begins + 1}.`,
        ],
        answer: begins,
      }),
      verify: ([picked]) => judge(Number(picked), begins),
    };
  },
};

function drawFrame(random: SeededRandom): Uint8Array {
  return encodeFrame({
    opcode: random.pick([OPCODE.text, OPCODE.ping, OPCODE.pong]),
    payload: new TextEncoder().encode(random.pick(WORDS)),
    maskingKey: random.below(2) === 1 ? drawMaskingKey(random) : undefined,
  });
}

function judge(at: number, begins: number): Verdict {
  const range = { start: at, end: at + 1 };
  if (at === begins) return { right: true, sentence: `Right: the first frame has ${begins} bytes.`, range };
  const sentence =
    at < begins
      ? `Byte ${at + 1} still belongs to the first frame.`
      : `Byte ${at + 1} is in the second frame, but it is not its first byte.`;
  return { right: false, sentence, range };
}
