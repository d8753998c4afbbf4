import { formatHexByte } from '../../../../bytes/hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { decodeHeader } from '../../../../protocol/framing/header.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { keyAsNumber } from '../../../../specimens/mask-plainly.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** Payloads in the 7-bit and in the 16-bit form: the header is 6 bytes long, or 8. */
const PAYLOAD_LENGTHS = [60, 100, 125, 126, 300, 2000];

/** Which byte of the key goes with a byte of the second read? RFC 6455 §5.3. */
export const KEY_BYTE_AFTER_A_CUT: Exercise = {
  id: 'key-byte-after-a-cut',
  title: 'The key after a cut',
  generate(seed) {
    const random = new SeededRandom(seed);
    const payloadLength = random.pick(PAYLOAD_LENGTHS);
    const key = distinctBytes(random);
    const frame = encodeFrame({
      opcode: OPCODE.binary,
      payload: new Uint8Array(payloadLength),
      maskingKey: keyAsNumber(key),
    });
    const { headerLength } = decodeHeader(frame) ?? { headerLength: 0 };
    const firstRead = headerLength + random.between(5, 40);
    const inSecond = random.below(4);
    // All the payload is zeros: on the wire stands the key itself, so the frame tells the answer.
    const answer = key.indexOf(frame[firstRead + inSecond] as number);
    const i = firstRead + inSecond - headerLength;
    const options = Array.from(key, (byte, j) => `byte ${j}, hex ${formatHexByte(byte)}`);
    const ordinal = ['first', 'second', 'third', 'fourth'][inSecond] ?? '';
    return {
      question: {
        task: `A frame from a client has a payload of ${payloadLength} bytes. The first read from TCP brings the first ${firstRead} bytes of the frame, the second read the rest. Which byte of the key is XORed with the ${ordinal} byte of the second read?`,
        given: [],
        form: { kind: 'choice', legend: 'The key', options },
        hint: 'First compute the length of the header, key included. The rest of the first read is payload.',
        solution: {
          steps: [
            `The header has ${headerLength} bytes, so the first read brings ${firstRead - headerLength} bytes of payload, byte 0 to byte ${firstRead - headerLength - 1}.`,
            `The ${ordinal} byte of the second read is byte ${i} of the payload, and ${i} mod 4 is ${i % 4}.`,
          ],
          answer: [options[answer] ?? ''],
        },
      },
      verify: ([picked = '']) => judge(options.indexOf(picked), answer, i, { firstRead, inSecond, headerLength }),
    };
  },
};

interface Places {
  readonly firstRead: number;
  readonly inSecond: number;
  readonly headerLength: number;
}

function judge(picked: number, answer: number, i: number, { firstRead, inSecond, headerLength }: Places): Verdict {
  if (picked === answer)
    return { right: true, sentence: `Right: it is byte ${i} of the payload, and ${i} mod 4 is ${answer}.` };
  const wrong = (sentence: string): Verdict => ({ right: false, sentence });
  if (picked < 0) return wrong('Choose one of the four bytes.');
  if (picked === inSecond % 4)
    return wrong(
      `That is byte ${picked} of the key: that would be right if the count started at 0 again in the second read.`,
    );
  if (picked === (firstRead + inSecond) % 4)
    return wrong(
      `That is byte ${picked} of the key: that would be right if the ${headerLength} bytes of the header counted too.`,
    );
  return wrong(`It is not byte ${picked} of the key. Count the bytes of payload before this one.`);
}

/** A key in which each byte can be told from the others. */
function distinctBytes(random: SeededRandom): Uint8Array {
  const first = random.below(256);
  return Uint8Array.from([0, 60, 120, 180], (distance) => first + distance + random.below(40));
}
