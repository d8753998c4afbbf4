import { formatHex } from '../../../../bytes/hex.ts';
import { dumpFrame } from '../../../../inspector/frame/frame-dump.ts';
import { encodeHeader } from '../../../../protocol/framing/header.ts';
import { layoutOf, MASK_BIT, minimalLengthField } from '../../../../protocol/framing/layout.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { formatNumber } from '../../../../text/count.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyFrame } from '../../verify-bytes.ts';

const KINDS = ['text', 'binary'] as const;

/** Writing a header: the first two bytes, the length in its form, the key. RFC 6455 §5.2. */
export const WRITE_THE_HEADER: Exercise = {
  id: 'write-the-header',
  title: 'Write the header',
  generate(seed) {
    const random = new SeededRandom(seed);
    const kind = random.pick(KINDS);
    const client = random.below(2) === 1;
    const fin = random.below(3) > 0;
    const payloadLength = drawLength(random);
    const key = random.bytes(4);
    const maskingKey = client ? new DataView(key.buffer).getUint32(0) : undefined;
    const lengthField = minimalLengthField(payloadLength);
    const header = new Uint8Array(layoutOf(lengthField | (client ? MASK_BIT : 0)).headerLength);
    encodeHeader({ fin, opcode: OPCODE[kind], lengthField, payloadLength, maskingKey }, header);
    const what = fin ? `a whole ${kind} message` : `the first fragment of a ${kind} message`;
    return {
      question: {
        task: `A ${client ? 'client' : 'server'} sends ${what} with a payload of ${formatNumber(payloadLength)} bytes. Write every byte of the frame that comes before the payload.`,
        given: client ? [{ kind: 'bytes', label: 'the masking key', hex: formatHex(key) }] : [],
        form: { kind: 'hex', label: 'The header, in hex' },
        hint: 'MASK depends on the sender. The seven bits depend on the length. If further length bytes follow, the most significant one comes first.',
        solution: {
          // Of a header alone there is no payload to speak of.
          steps: dumpFrame(header)
            .fields.filter(({ name }) => name !== 'payload data')
            .map(({ name, value, meaning }) => `\`${name}\` ${value}: ${meaning}`),
          answer: [formatHex(header)],
        },
      },
      verify: ([typed = '']) => verifyFrame(typed, header),
    };
  },
};

/** Each form as often as the others, with the lengths at the jumps among them. */
function drawLength(random: SeededRandom): number {
  const forms = [
    () => random.between(0, 125),
    () => random.pick([126, 65_535, random.between(127, 65_534)]),
    () => random.pick([65_536, random.between(65_537, 2 ** 20)]),
  ];
  return random.pick(forms)();
}
