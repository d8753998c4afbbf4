import { decodeFrames } from '../../../../inspector/frame/decode-stream.ts';
import { formatHexByte } from '../../../../inspector/hex/hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import type { Check, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const WORDS = ['Hi', 'ok', 'bit', 'one', 'two', ''];

/** Frames one after the other, with nothing between them: only the headers say where one ends. RFC 6455 §5.2. */
export const WHERE_IT_ENDS: Check = {
  id: 'where-the-second-frame-begins',
  title: 'Where does the next frame begin?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const bytes = Uint8Array.of(...drawFrame(random), ...drawFrame(random));
    const frames = decodeFrames(bytes).frames;
    const begins = frames[1]?.offset ?? 0;
    return {
      question: {
        task: 'Two frames came in one read. Which byte is the first of the second frame?',
        given: [],
        form: {
          kind: 'cells',
          legend: 'bytes',
          unit: 'byte',
          cells: Array.from(bytes, (byte) => ({ text: formatHexByte(byte) })),
          picks: 1,
        },
        hint: 'The first frame is as long as its header and its payload together. Both follow from its second byte.',
        solution: {
          steps: [`The first frame has ${begins} bytes: its header says so.`],
          answer: [String(begins)],
        },
      },
      verify: ([picked]) => judge(Number(picked), begins),
    };
  },
};

function drawFrame(random: SeededRandom): Uint8Array {
  return encodeFrame({
    opcode: random.pick([OPCODE.text, OPCODE.ping, OPCODE.pong]),
    payload: new TextEncoder().encode(random.pick(WORDS)),
    maskingKey: random.below(2) === 1 ? new DataView(random.bytes(4).buffer).getUint32(0) : undefined,
  });
}

function judge(at: number, begins: number): Verdict {
  const range = { start: at, end: at + 1 };
  if (at === begins) return { right: true, sentence: `Right: the first frame has ${begins} bytes.`, range };
  const sentence =
    at < begins
      ? `Byte ${at + 1} still belongs to the first frame.`
      : `Byte ${at + 1} is within the second frame, not its first byte.`;
  return { right: false, sentence, range };
}
