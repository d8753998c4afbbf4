import { solveKey } from '../../../../drafts/hixie-challenge.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** Neither digits nor spaces: they hide the number and say nothing. */
const NOISE = '!#$%&*+,-:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A key of hixie-76 for a number that people can divide. */
function drawKey(random: SeededRandom): string {
  const spaces = random.between(2, 5);
  const quotient = random.between(101, 998);
  const digits = [...String(quotient * spaces)];
  const noise = Array.from({ length: random.between(4, 8) }, () => NOISE.charAt(random.below(NOISE.length)));
  const gaps = random.shuffle([...noise, ...Array<string>(spaces).fill(' ')]);
  // The digits keep their order; the rest is strewn between them. No space is first or last: a header would lose it.
  const key = [...gaps];
  let at = 0;
  for (const digit of digits) {
    at = random.between(at, key.length);
    key.splice(at, 0, digit);
    at++;
  }
  return `${NOISE.charAt(random.below(NOISE.length))}${key.join('')}${NOISE.charAt(random.below(NOISE.length))}`;
}

/** The number that is hidden in a key. draft-hixie-thewebsocketprotocol-76 §5.2. */
export const SOLVE_KEY: Exercise = {
  id: 'solve-key',
  title: 'Solve a key of hixie-76',
  generate(seed) {
    const key = drawKey(new SeededRandom(seed));
    const solved = solveKey(key);
    if ('problem' in solved) throw new Error(solved.problem);
    const { number, spaces, quotient } = solved;
    return {
      question: {
        task: 'A client sends this key. Which number does the server hash?',
        given: [{ kind: 'value', label: 'Sec-WebSocket-Key1', text: key }],
        form: { kind: 'line', label: 'The number', numeric: true },
        hint: 'Join the digits. Count the spaces. Divide.',
        solution: {
          steps: [`The digits are ${number}.`, `There are ${spaces} spaces.`, `${number} ÷ ${spaces} = ${quotient}.`],
          answer: [String(quotient)],
        },
      },
      verify([text = '']) {
        const given = text.trim();
        if (given === String(quotient))
          return { right: true, sentence: `${number} divided by ${spaces} spaces is ${quotient}.` };
        if (given === String(number))
          return {
            right: false,
            sentence: 'These are the digits. Divide them by the number of spaces.',
          };
        if (/^\d+$/.test(given)) return { right: false, sentence: `The digits are ${number}. Count the spaces again.` };
        return { right: false, sentence: 'The answer is a whole number, in digits.' };
      },
    };
  },
};
