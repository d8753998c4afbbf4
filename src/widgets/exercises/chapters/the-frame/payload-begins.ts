import { formatHex, formatHexByte } from '../../../../bytes/hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { layoutOf, MASK_BIT } from '../../../../protocol/framing/layout.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { pickByteQuestion } from '../../pick-byte.ts';
import { SeededRandom } from '../../random.ts';

/** So many bytes are shown: more than the longest header. */
const SHOWN_BYTES = 20;
const LENGTHS = [20, 125, 126, 300, 65_535, 65_536, 70_000];

/** Finding the first byte of the payload: all of §5.2 is needed for it. RFC 6455 §5.2. */
export const PAYLOAD_BEGINS: Exercise = {
  id: 'where-the-payload-begins',
  title: 'Where does the payload begin?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const payload = random.bytes(SHOWN_BYTES);
    const frame = drawStart(random, payload);
    const bytes = frame.subarray(0, SHOWN_BYTES);
    const second = bytes[1] ?? 0;
    const { headerLength } = layoutOf(second);
    return {
      question: pickByteQuestion(bytes, {
        task: `These are the first ${SHOWN_BYTES} bytes of a frame. Which one is the first byte of its payload?`,
        hint: 'The second byte tells you. Its first bit says whether four bytes of key follow. Its other seven bits say whether two, eight or no further bytes of length follow.',
        steps: [`Byte 2 is \`${formatHexByte(second)}\`, in bits \`${bitsOf(second)}\`.`, ...explain(second)],
        answer: headerLength,
      }),
      verify: ([picked]) => judge(Number(picked), bytes),
    };
  },
};

function drawStart(random: SeededRandom, payload: Uint8Array): Uint8Array {
  const maskingKey = random.below(2) === 1 ? drawMaskingKey(random) : undefined;
  const length = random.pick(LENGTHS);
  const whole = new Uint8Array(length);
  whole.set(payload.subarray(0, length));
  return encodeFrame({ opcode: OPCODE.binary, payload: whole, maskingKey });
}

function bitsOf(byte: number): string {
  return byte.toString(2).padStart(8, '0').replace(/^./, '$& ');
}

function explain(second: number): string[] {
  const { lengthForm, headerLength } = layoutOf(second);
  const masked = (second & MASK_BIT) !== 0;
  const field = second & ~MASK_BIT;
  return [
    lengthForm === 7
      ? `The seven bits are ${field}: that is the length itself, and no further length bytes follow.`
      : `The seven bits are ${field}: ${lengthForm / 8} bytes of length follow.`,
    masked ? 'MASK is 1: the four bytes of the key follow.' : 'MASK is 0: no key follows.',
    `So the header has ${headerLength} bytes, and the payload begins with byte ${headerLength + 1}.`,
  ];
}

function judge(at: number, bytes: Uint8Array): Verdict {
  const { headerLength, extendedPayloadLength, maskingKey } = layoutOf(bytes[1] ?? 0);
  const range = { start: at, end: at + 1 };
  if (at === headerLength)
    return { right: true, sentence: `Right: ${headerLength} bytes of header come before it.`, range };
  if (at > headerLength) {
    const before = formatHex(bytes.subarray(headerLength, headerLength + 1));
    return {
      right: false,
      sentence: `Byte ${at + 1} is in the payload, but it is not the first: the payload begins with ${before}.`,
      range,
    };
  }
  const part =
    at < extendedPayloadLength.start
      ? 'one of the first two bytes'
      : at < extendedPayloadLength.end
        ? 'a byte of the extended payload length'
        : at < maskingKey.end
          ? 'a byte of the masking key'
          : 'not part of this header';
  return { right: false, sentence: `Byte ${at + 1} is ${part}.`, range };
}
