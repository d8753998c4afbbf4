import { formatHex } from '../../../../bytes/hex.ts';
import { decodeHeader, encodeHeader } from '../../../../protocol/framing/header.ts';
import { LENGTH_IN_64_BITS, layoutOf, MASK_BIT } from '../../../../protocol/framing/layout.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { findNaiveFrame } from '../../../../specimens/naive-2011.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** Which length does a reader see that takes 32 bits of 64? RFC 6455 §5.2. */
export const WHICH_LENGTH: Exercise = {
  id: 'which-length',
  title: 'Read the length as the listing does',
  generate(seed) {
    const random = new SeededRandom(seed);
    // A length below 4 GiB has an upper half of 0; half of the questions have a longer one.
    const upper = random.below(2) === 0 ? 0 : random.between(1, 60);
    const payloadLength = upper * 2 ** 32 + random.between(65_536, 999_999);
    const header = new Uint8Array(layoutOf(LENGTH_IN_64_BITS | MASK_BIT).headerLength);
    const maskingKey = random.below(2 ** 31);
    encodeHeader(
      { fin: true, opcode: OPCODE.binary, lengthField: LENGTH_IN_64_BITS, payloadLength, maskingKey },
      header,
    );
    const naive = findNaiveFrame(header);
    const right = naive === undefined ? 0 : naive.end - naive.payloadStart;
    const true64 = decodeHeader(header)?.payloadLength ?? 0;
    return {
      question: {
        task: 'A client sends this header. Which payload length does the listing read, in bytes?',
        given: [{ kind: 'bytes', label: 'the header', hex: formatHex(header) }],
        form: { kind: 'line', label: 'bytes', numeric: true },
        hint: 'The length begins at the third byte. The listing reads four bytes of it, as one number.',
        solution: {
          steps: [
            `The 64-bit length is ${true64.toLocaleString('en')}.`,
            `Its upper four bytes are ${formatHex(header.subarray(2, 6))}, and that is ${right}.`,
          ],
          answer: [String(right)],
        },
      },
      verify: ([given = '']) => judge(given, right, true64),
    };
  },
};

function judge(text: string, right: number, true64: number): Verdict {
  const given = Number(text.replace(/[\s,]/g, ''));
  if (text.trim() === '' || !Number.isFinite(given)) return { right: false, sentence: 'Write a number.' };
  if (given === right) return { right: true, sentence: 'Right: it takes the upper half for the whole number.' };
  if (given === true64)
    return { right: false, sentence: 'That is the true length. The listing reads only four of its eight bytes.' };
  if (given === true64 % 2 ** 32)
    return { right: false, sentence: 'That is the lower half. The listing reads the upper one.' };
  return { right: false, sentence: 'Not that one. Take bytes 3 to 6 of the header as one number.' };
}
