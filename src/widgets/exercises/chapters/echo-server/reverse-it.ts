import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const PIECES = ['a', 'B', '7', '!', 'é', 'e\u0301', '👍🏽', '🇩🇪', '👨‍👩‍👧', 'ñ', '漢', '🙂'];
/** Pieces of more than one code point: without one, every way to turn a text around is right. */
const LONG = PIECES.filter((piece) => [...piece].length > 1);

/** A text that is turned around character by character, as a reader counts them. */
export const REVERSE_IT: Exercise = {
  id: 'reverse-it',
  title: 'Turn it around',
  generate(seed) {
    const random = new SeededRandom(seed);
    const short = random.shuffle(PIECES.filter((piece) => !LONG.includes(piece))).slice(0, 2);
    const pieces = random.shuffle([random.pick(LONG), ...short]);
    const text = pieces.join('');
    const right = pieces.toReversed().join('');
    const others = [
      [...text].reverse().join(''),
      text,
      // What is left of a character if its first code point alone is taken.
      pieces
        .toReversed()
        .map((piece) => [...piece][0])
        .join(''),
    ];
    const inHex = (value: string) =>
      Array.from(value, (c) => `U+${c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
    const options = random.shuffle([right, ...others].map(inHex));
    return {
      question: {
        task: `A client sends “${text}” to /reverse. Which code points come back?`,
        given: [{ kind: 'value', label: 'the code points of the message', text: inHex(text) }],
        form: { kind: 'choice', legend: 'Back come', options },
        hint: 'A skin tone, an accent and the second letter of a flag belong to what stands before them. U+200D joins its two neighbors.',
        solution: {
          steps: [
            `The characters are ${pieces.map((piece) => inHex(piece)).join(', then ')}. Each stays as it is, only their order is turned.`,
          ],
          answer: [inHex(right)],
        },
      },
      verify([chosen = '']) {
        if (chosen === inHex(right)) return { right: true, sentence: 'Right: each character stays whole.' };
        if (chosen === inHex(text))
          return { right: false, sentence: 'That is the message itself: nothing is turned around.' };
        if (chosen === inHex(others[0] ?? ''))
          return {
            right: false,
            sentence: 'That turns the code points around, and the character of several falls apart.',
          };
        return { right: false, sentence: 'Code points are missing: the character of several has lost its parts.' };
      },
    };
  },
};
