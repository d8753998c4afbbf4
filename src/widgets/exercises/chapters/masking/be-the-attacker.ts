import { formatHex, formatHexByte } from '../../../../bytes/hex.ts';
import { parseHex } from '../../../../inspector/hex/parse-hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { decodeHeader } from '../../../../protocol/framing/header.ts';
import { mask } from '../../../../protocol/framing/masking.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { bitsOf } from './bits.ts';

const WANTED = ['GET /', 'POST ', 'HEAD ', 'PUT /'];
/** How a bad client gets from one key to the next. */
const STEPS = [1, 2, 256, 65_537];

/** A client that counts its keys up can be made to send what the page likes. RFC 6455 §10.3. */
export const BE_THE_ATTACKER: Exercise = {
  id: 'be-the-attacker',
  title: 'Be the attacker',
  generate(seed) {
    const random = new SeededRandom(seed);
    const wanted = random.pick(WANTED);
    const step = random.pick(STEPS);
    const first = drawMaskingKey(random);
    const keys = [0, 1, 2, 3].map((n) => (first + n * step) >>> 0);
    const [next = 0] = keys.slice(-1);
    const payload = mask(encodeText(wanted), next);
    return {
      question: {
        task: `A badly written client masked its last three messages with these keys, one after the other. Which bytes must the page pass to \`send()\`, in hex, so that the payload of the next frame is \`${wanted}\` on the wire?${wanted.endsWith(' ') ? ' (Include the space.)' : ''}`,
        given: [
          {
            kind: 'lines',
            label: 'the keys so far, oldest first',
            lines: keys.slice(0, -1).map(hexOfKey),
          },
        ],
        form: { kind: 'hex', label: 'The bytes to send' },
        hint: 'Read each key as one number. Which number comes next? Masking twice with the same key gives back the original.',
        solution: {
          steps: [
            `Each key is ${step} more than the one before. The next one is \`${hexOfKey(next)}\`.`,
            `\`${wanted}\` is \`${formatHex(encodeText(wanted))}\`. XOR it with that key: the result is what the page must send.`,
          ],
          answer: [formatHex(payload)],
        },
      },
      verify: ([answer = '']) => judge(answer, next, wanted),
    };
  },
};

function hexOfKey(key: number): string {
  return key
    .toString(16)
    .padStart(8, '0')
    .replace(/..(?=.)/g, '$& ');
}

/** The frame is made as that client would make it, and read off the wire. */
function judge(answer: string, maskingKey: number, wanted: string): Verdict {
  const parsed = parseHex(answer);
  if ('problem' in parsed) return { right: false, sentence: parsed.problem.sentence };
  const frame = encodeFrame({ opcode: OPCODE.binary, payload: parsed.bytes, maskingKey });
  const onTheWire = frame.subarray(decodeHeader(frame)?.headerLength ?? 0);
  const expected = encodeText(wanted);
  const at = expected.findIndex((byte, i) => onTheWire[i] !== byte);
  if (at < 0 && onTheWire.length === expected.length) {
    return { right: true, sentence: `Right. “${wanted}” goes over the wire, although every byte was masked.` };
  }
  if (at < 0 || at >= onTheWire.length) {
    return { right: false, sentence: `“${wanted}” has ${expected.length} bytes, but you send ${onTheWire.length}.` };
  }
  const wire = onTheWire[at] ?? 0;
  const meant = expected[at] ?? 0;
  const sentence = `Byte ${at + 1} goes over the wire as ${formatHexByte(wire)}, ${bitsOf(wire)}, but “${wanted.charAt(at)}” is ${formatHexByte(meant)}, ${bitsOf(meant)}. It is XORed with byte ${at % 4} of the next key.`;
  return { right: false, sentence, range: { start: at, end: at + 1 } };
}
