import { formatHexByte } from '../../../../bytes/hex.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** Three bytes of a hash become four characters, its last two bytes three and a `=`. RFC 4648 §4. */
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
          ? 'These are the last two of the 20 bytes of a hash. Write the last four characters of its base64.'
          : 'These are the first three bytes of a hash. Write the first four characters of its base64.',
        given: [{ kind: 'bytes', label: 'bytes', hex: Array.from(bytes, formatHexByte).join('') }],
        form: { kind: 'line', label: 'Base64' },
        hint: 'Write the bytes as bits and cut them into groups of six. 0 to 25 are `A` to `Z`, 26 to 51 `a` to `z`, 52 to 61 `0` to `9`, then `+` and `/`.',
        solution: {
          steps: [
            `As bits: \`${bits.match(/.{8}/g)?.join(' ')}\``,
            `In groups of six: \`${groups.join(' ')}\`. As numbers: ${groups.map((group) => valueOfGroup(group)).join(', ')}.`,
            ...(atTheEnd ? ['Two 0 bits complete the last group, and `=` is the fourth character.'] : []),
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
    return { right: false, sentence: `Write four characters. You wrote ${answer.length}.` };
  }
  const at = [...base64].findIndex((character, i) => character !== answer.charAt(i));
  const group = groups[at];
  const range = { start: at, end: at + 1 };
  const name = `Character ${at + 1}, “${answer.charAt(at)}”, is wrong:`;
  if (group === undefined)
    return { right: false, sentence: `${name} after two bytes, the fourth character is “=”.`, range };
  const filled = group.length < 6 ? `${group}, completed with ${'0'.repeat(6 - group.length)}` : group;
  return {
    right: false,
    sentence: `${name} the bits here are ${filled}, which is the number ${valueOfGroup(group)}.`,
    range,
  };
}
