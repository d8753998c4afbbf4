import { formatHexByte } from '../../../../bytes/hex.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** Three bytes of a hash are four characters; its last two are three and a `=`. RFC 4648 §4. */
export const BASE64_BY_HAND: Exercise = {
  id: 'base64-by-hand',
  title: 'Base64 by hand',
  generate(seed) {
    const random = new SeededRandom(seed);
    const atTheEnd = random.below(3) === 0;
    const bytes = random.bytes(atTheEnd ? 2 : 3);
    const base64 = btoa(String.fromCharCode(...bytes));
    const bits = bitsOf(bytes);
    const groups = bits.match(/.{1,6}/g) ?? [];
    return {
      question: {
        task: atTheEnd
          ? 'These are the last two of the 20 bytes of a hash. Write the four characters with which its base64 ends.'
          : 'These are the first three bytes of a hash. Write the four characters with which its base64 begins.',
        given: [{ kind: 'bytes', label: 'bytes', hex: Array.from(bytes, formatHexByte).join('') }],
        form: { kind: 'line', label: 'Base64' },
        hint: 'Write the bytes as bits, cut the bits into sixes. 0 to 25 are `A` to `Z`, 26 to 51 `a` to `z`, 52 to 61 `0` to `9`, then `+` and `/`.',
        solution: {
          steps: [
            `As bits: \`${bits.match(/.{8}/g)?.join(' ')}\``,
            `In sixes: \`${groups.join(' ')}\`, which are ${groups.map((group) => valueOfGroup(group)).join(', ')}.`,
            ...(atTheEnd ? ['The last group is filled up with two 0 bits, and `=` fills the four characters.'] : []),
          ],
          answer: [base64],
        },
      },
      verify: ([answer = '']) => judge(answer.trim(), base64, groups),
    };
  },
};

function bitsOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
}

function valueOfGroup(group: string): number {
  return Number.parseInt(group.padEnd(6, '0'), 2);
}

function judge(answer: string, base64: string, groups: readonly string[]): Verdict {
  if (answer === base64) return { right: true, sentence: 'Right.' };
  if (answer.length !== base64.length) {
    return { right: false, sentence: `Four characters are needed, and there are ${answer.length}.` };
  }
  const at = [...base64].findIndex((character, i) => character !== answer.charAt(i));
  const group = groups[at];
  const range = { start: at, end: at + 1 };
  const name = `Character ${at + 1}, “${answer.charAt(at)}”, is wrong:`;
  if (group === undefined)
    return { right: false, sentence: `${name} two bytes leave one place to fill with “=”.`, range };
  const filled = group.length < 6 ? `${group} and ${'0'.repeat(6 - group.length)} to fill up` : group;
  return {
    right: false,
    sentence: `${name} it stands for the bits ${filled}, which are ${valueOfGroup(group)}.`,
    range,
  };
}
