import { formatHex } from '../../../../bytes/hex.ts';
import type { Frame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyBytes } from '../../verify-bytes.ts';
import { encodeAll } from './draw-stream.ts';

const TEXTS = ['Hi', 'ok?', 'ü', '€', 'été', 'go'];

/** Two fragments, byte by byte. RFC 6455 §5.4. */
export const WRITE_THE_FRAGMENTS: Exercise = {
  id: 'write-the-fragments',
  title: 'Write two fragments',
  generate(seed) {
    const random = new SeededRandom(seed);
    const text = random.pick(TEXTS);
    const bytes = encodeText(text);
    const cut = random.between(1, bytes.length - 1);
    const frames: Frame[] = [
      { opcode: OPCODE.text, fin: false, payload: bytes.subarray(0, cut) },
      { opcode: OPCODE.continuation, fin: true, payload: bytes.subarray(cut) },
    ];
    const wire = encodeAll(frames);
    return {
      question: {
        task: `A server sends the text “${text}” in two fragments, cut after byte ${cut}. Write both frames.`,
        given: [{ kind: 'bytes', label: 'the text in UTF-8', hex: formatHex(bytes) }],
        form: { kind: 'hex', label: 'Both frames in hex' },
        hint: 'A server does not mask, so each frame has two bytes of header. FIN is the highest bit of the first byte.',
        solution: {
          steps: frames.map((frame, i) => `Frame ${i + 1}: \`${formatHex(encodeAll([frame]))}\``),
          answer: [formatHex(wire)],
        },
      },
      verify: ([typed = '']) => verifyBytes(typed, wire),
    };
  },
};
