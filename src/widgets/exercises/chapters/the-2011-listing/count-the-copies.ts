import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { Naive2011 } from '../../../../specimens/naive-2011.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const READ_BYTES = 1024;
/** Of a masked frame in the 16-bit form. */
const HEADER_LENGTH = 8;

/** How much is copied if each read is joined to all that is there? RFC 6455 §10.4. */
export const COUNT_THE_COPIES: Exercise = {
  id: 'count-the-copies',
  title: 'Count the copies',
  generate(seed) {
    const random = new SeededRandom(seed);
    const reads = random.between(3, 40);
    const right = joinedKiB(reads);
    return {
      question: {
        task: `A frame of ${reads} KiB, header included, arrives in reads of 1 KiB. The listing joins each read to its buffer, which copies everything that is there and the read. How many KiB does it copy, all reads together? (Leave out the unmasking.)`,
        given: [{ kind: 'value', label: 'reads', text: String(reads) }],
        form: { kind: 'line', label: 'KiB', numeric: true },
        hint: 'The first read copies 1 KiB, the second 2 KiB, the third 3 KiB. Add them up.',
        solution: {
          steps: [`1 + 2 + … + ${reads} = ${reads} × ${reads + 1} / 2.`, 'Twice the length, about four times the sum.'],
          answer: [String(right)],
        },
      },
      verify: ([given = '']) => judge(given, right, reads),
    };
  },
};

/** Counted in the specimen of the listing. */
function joinedKiB(reads: number): number {
  const payload = new Uint8Array(reads * READ_BYTES - HEADER_LENGTH);
  const frame = encodeFrame({ opcode: OPCODE.binary, payload, maskingKey: 0 });
  const naive = new Naive2011();
  for (let at = 0; at < frame.length; at += READ_BYTES) naive.read(frame.subarray(at, at + READ_BYTES));
  return (naive.copiedBytes - payload.length) / READ_BYTES;
}

function judge(text: string, right: number, reads: number): Verdict {
  const given = Number(text.replace(/[\s,]/g, ''));
  if (text.trim() === '' || !Number.isFinite(given)) return { right: false, sentence: 'Write a number.' };
  if (given === right) return { right: true, sentence: `Right: ${right} KiB for a message of ${reads} KiB.` };
  if (given === reads)
    return {
      right: false,
      sentence: 'That would be one copy of each byte. It copies the old ones again at each read.',
    };
  if (given === right - reads) return { right: false, sentence: 'Each join copies the new read too.' };
  return { right: false, sentence: given > right ? 'It is less.' : 'It is more.' };
}
