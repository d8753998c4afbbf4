import { formatHex } from '../../../../bytes/hex.ts';
import { decodeFrames } from '../../../../inspector/frame/decode-stream.ts';
import { encodeFrame, type Frame } from '../../../../protocol/framing/frame.ts';
import { LENGTH_IN_16_BITS } from '../../../../protocol/framing/layout.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../../../protocol/rules.ts';
import { encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyFrame } from '../../verify-bytes.ts';

const PINGS = ['on?', 'here?', 'up?'];
const TEXTS = ['Hello', 'bit by bit', 'over'];

/** The mistakes, each with the opcodes on which it can be made. */
const FAULTS: readonly { readonly fault: Partial<Frame>; readonly on: readonly number[] }[] = [
  { fault: { rsv1: true }, on: [OPCODE.text, OPCODE.ping] },
  { fault: { rsv2: true }, on: [OPCODE.text, OPCODE.ping] },
  { fault: { rsv3: true }, on: [OPCODE.text, OPCODE.ping] },
  { fault: { fin: false }, on: [OPCODE.ping] },
  { fault: { lengthField: LENGTH_IN_16_BITS }, on: [OPCODE.text, OPCODE.ping] },
];

/** Write the correct frame. RFC 6455 §5.2, §5.5. */
export const MEND_THE_FRAME: Exercise = {
  id: 'mend-the-frame',
  title: 'Repair the frame',
  generate(seed) {
    const random = new SeededRandom(seed);
    const { fault, on } = random.pick(FAULTS);
    const opcode = random.pick(on);
    const words = random.pick(opcode === OPCODE.ping ? PINGS : TEXTS);
    const maskingKey = drawMaskingKey(random);
    const right: Frame = { opcode, payload: encodeText(words), maskingKey };
    const expected = encodeFrame(right);
    const broken = encodeFrame({ ...right, ...fault });
    const kind = opcode === OPCODE.ping ? 'ping' : 'text message';
    return {
      question: {
        task: `A client wanted to send the ${kind} “${words}” in one frame. It sent these bytes, and the server closed with 1002. Write the correct frame, with the same masking key.`,
        given: [{ kind: 'bytes', label: 'the broken frame', hex: formatHex(broken) }],
        form: { kind: 'hex', label: 'The correct frame, in hex' },
        hint: 'The payload and its mask are right. Write the first two bytes as bits, and compare them with a frame that you know.',
        solution: { steps: requirementsOn(broken), answer: [formatHex(expected)] },
      },
      verify: ([answer = '']) => verifyFrame(answer, expected),
    };
  },
};

/** The requirements of the rules that a client's frame breaks. */
function requirementsOn(frame: Uint8Array): string[] {
  const violations = decodeFrames(frame, 'client').frames.flatMap(({ dump }) => dump.violations);
  return violations.map(({ rule }) => ruleNamed(rule)?.requirement ?? rule);
}
