import { formatNumber } from '../../../../text/count.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const MIB = 2 ** 20;

/** What zlib allocates for a connection that keeps both windows. */
export const MEMORY_BILL: Exercise = {
  id: 'memory-bill',
  title: 'The bill',
  generate(seed) {
    const random = new SeededRandom(seed);
    const connections = 1000 * random.between(1, 20);
    const windowBits = random.between(9, 15);
    const memLevel = random.between(1, 9);
    const toPack = 2 ** (windowBits + 2) + 2 ** (memLevel + 9);
    const toInflate = 2 ** windowBits;
    const each = toPack + toInflate;
    const all = (connections * each) / MIB;
    const right = String(Math.round(all));
    return {
      question: {
        task: `A server keeps both windows of ${formatNumber(connections)} connections. zlib allocates 2^(w+2) + 2^(m+9) bytes to compress, and 2^w bytes to decompress. How many MiB do all connections need together, for w = ${windowBits} and m = ${memLevel}? Round to a whole number.`,
        given: [
          { kind: 'value', label: 'window bits, w', text: String(windowBits) },
          { kind: 'value', label: 'memory level, m', text: String(memLevel) },
        ],
        form: { kind: 'line', label: 'MiB', numeric: true },
        hint: 'Compute the bytes of one connection first. 1 MiB has 1,048,576 bytes.',
        solution: {
          steps: [
            `To compress: 2^${windowBits + 2} + 2^${memLevel + 9} = ${formatNumber(toPack)} bytes.`,
            `To decompress: 2^${windowBits} = ${formatNumber(toInflate)} bytes.`,
            `${formatNumber(each)} bytes times ${formatNumber(connections)}, divided by 1,048,576.`,
          ],
          answer: [right],
        },
      },
      verify: ([given = '']) => judge(given, all, (connections * toPack) / MIB),
    };
  },
};

/** Within one part in a hundred, or the half that rounding takes. */
function isNear(given: number, wanted: number): boolean {
  return Math.abs(given - wanted) <= Math.max(0.5, wanted / 100);
}

function judge(text: string, all: number, packing: number): Verdict {
  const given = Number(text.replace(/[\s,]/g, ''));
  if (text.trim() === '' || !Number.isFinite(given)) return { right: false, sentence: 'Write a number.' };
  if (isNear(given, all)) return { right: true, sentence: `Right: ${formatNumber(Math.round(all))} MiB.` };
  if (isNear(given, packing))
    return {
      right: false,
      sentence: 'That is only what compressing needs. To decompress, each connection keeps a window, too.',
    };
  if (isNear(given, all * 1.048576)) return { right: false, sentence: 'A MiB has 1,048,576 bytes, not 1,000,000.' };
  return { right: false, sentence: given > all ? 'It is less.' : 'It is more.' };
}
