import { formatHex, formatHexByte } from '../../../../bytes/hex.ts';
import { parseHex } from '../../../../inspector/hex/parse-hex.ts';
import { mask } from '../../../../protocol/framing/masking.ts';
import { keyAsNumber } from '../../../../specimens/mask-plainly.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { bitsOf } from './bits.ts';

const TEXTS = ['GET /', 'hello world', 'subscribe', '{"type":"open"}', 'username=', '<html>'];

/** The key, from a payload that is known: why a mask is no secret. RFC 6455 §5.3, §10.3. */
export const FIND_THE_KEY: Exercise = {
  id: 'find-the-key',
  title: 'Find the key',
  generate(seed) {
    const random = new SeededRandom(seed);
    const text = encodeText(random.pick(TEXTS));
    const key = random.bytes(4);
    // What was cut off in front makes the first byte that is seen one that another byte of the key goes with.
    const start = random.below(4);
    const lost =
      ['the header is', 'the header and one byte of payload are'][start] ??
      `the header and ${start} bytes of payload are`;
    const seen = mask(text, keyAsNumber(key), start);
    return {
      question: {
        task: `Somebody recorded a frame, but ${lost} lost. You know the next bytes as they were before masking. Write the four bytes of the key, starting with byte 0.`,
        given: [
          { kind: 'bytes', label: 'on the wire', hex: formatHex(seen.subarray(0, 5)) },
          { kind: 'bytes', label: 'the same bytes before masking', hex: formatHex(text.subarray(0, 5)) },
        ],
        form: { kind: 'hex', label: 'The key in hex' },
        hint: 'If a XOR b is c, then a XOR c is b. Then put the four bytes in order, starting with byte 0 of the key.',
        solution: {
          steps: [
            `The first byte you see is byte ${start} of the payload, so it was XORed with byte ${start % 4} of the key.`,
            `\`${bitsOf(seen[0] ?? 0)}\` XOR \`${bitsOf(text[0] ?? 0)}\` is \`${bitsOf(key[start] ?? 0)}\`, hex \`${formatHexByte(key[start] ?? 0)}\`: byte ${start} of the key.`,
          ],
          answer: [formatHex(key)],
        },
      },
      verify: ([answer = '']) => judge(answer, key, start),
    };
  },
};

function judge(answer: string, key: Uint8Array, start: number): Verdict {
  const parsed = parseHex(answer);
  if ('problem' in parsed) return { right: false, sentence: parsed.problem.sentence };
  const { bytes } = parsed;
  if (bytes.length !== 4) return { right: false, sentence: `A key has four bytes, but you wrote ${bytes.length}.` };
  const at = bytes.findIndex((byte, i) => byte !== key[i]);
  if (at < 0) return { right: true, sentence: 'Right. If you know four bytes of a payload, you know the key.' };
  const range = { start: at, end: at + 1 };
  const turned = bytes.every((byte, i) => byte === key[(i + start) % 4]);
  const why = turned
    ? `These are the right four bytes in the wrong order: the first byte you see goes with byte ${start} of the key, not with byte 0.`
    : `Byte ${at} of the key, ${formatHexByte(bytes[at] ?? 0)}, is wrong: XOR the byte on the wire with the byte before masking.`;
  return { right: false, sentence: why, range };
}
