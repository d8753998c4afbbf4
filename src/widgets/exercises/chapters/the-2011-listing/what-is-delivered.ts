import { formatHex } from '../../../../bytes/hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { Naive2011 } from '../../../../specimens/naive-2011.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const WORDS = ['sun', 'sea', 'sky', 'ice', 'fog', 'dew'];

/** Which texts does the handler get, if reads and frames do not match? RFC 6455 §5.4, §6.2. */
export const WHAT_IS_DELIVERED: Exercise = {
  id: 'what-is-delivered',
  title: 'What does the handler get?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const words = random.shuffle(WORDS).slice(0, 3);
    const [first = '', second = '', third = ''] = words;
    const isFragmented = random.below(2) === 0;
    const frames = [
      frame(OPCODE.text, first, !isFragmented, random),
      frame(isFragmented ? OPCODE.continuation : OPCODE.text, second, true, random),
      frame(OPCODE.text, third, true, random),
    ];
    const together = random.below(3);
    const reads = joinedAt(frames, together);
    const naive = new Naive2011();
    const delivered = reads.flatMap((read) => {
      const outcome = naive.read(read);
      return outcome.kind === 'dispatches' ? [String(outcome.data)] : [];
    });
    const right = say(delivered);
    const others = [words, [first, third], [first, second], [first], [second, third], [first + second, third]].map(say);
    const options = random.shuffle([right, ...new Set(others.filter((each) => each !== right))].slice(0, 4));
    return {
      question: {
        task: `Three frames arrive in ${reads.length} reads. Which texts does the handler of the listing get, with these bytes alone? Unmasked, the frames carry ${words.join(', ')}.`,
        given: [
          { kind: 'lines', label: 'the reads', lines: reads.map((read, i) => `read ${i + 1}: ${read.length} bytes`) },
          ...reads.map((read, i) => ({ kind: 'bytes' as const, label: `read ${i + 1}`, hex: formatHex(read) })),
        ],
        form: { kind: 'choice', legend: 'The handler gets', options },
        hint: 'The listing takes one frame for each read. Look at the first byte of each frame for its opcode: the listing drops 0.',
        solution: {
          steps: [
            isFragmented
              ? 'The second frame is a continuation: the listing drops it.'
              : 'All three frames are whole texts.',
            naive.bufferedBytes === 0
              ? 'Each read brings one frame, so none is left.'
              : `After the last read, ${naive.bufferedBytes} bytes are still in its buffer.`,
          ],
          answer: [right],
        },
      },
      verify: ([chosen = '']) =>
        chosen === right
          ? { right: true, sentence: 'Right: one frame for each read, and no continuations.' }
          : { right: false, sentence: 'Not that. Count the reads, and look for an opcode of 0 on the way.' },
    };
  },
};

function frame(opcode: number, words: string, fin: boolean, random: SeededRandom): Uint8Array {
  return encodeFrame({ fin, opcode, payload: encodeText(words), maskingKey: random.below(2 ** 31) });
}

/** Three frames in two reads, or each in its own. */
function joinedAt([a, b, c]: readonly Uint8Array[], together: number): Uint8Array[] {
  const parts = [a ?? new Uint8Array(0), b ?? new Uint8Array(0), c ?? new Uint8Array(0)] as const;
  if (together === 0) return [Uint8Array.of(...parts[0], ...parts[1]), parts[2]];
  if (together === 1) return [parts[0], Uint8Array.of(...parts[1], ...parts[2])];
  return [...parts];
}

function say(texts: readonly string[]): string {
  return texts.length === 0 ? 'nothing' : texts.join(', then ');
}
