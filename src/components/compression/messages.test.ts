import { describe, expect, test } from 'vitest';
import { DEFAULT_WINDOW_BITS } from '../../widgets/packing/model.ts';
import { packMessages } from '../../widgets/packing/pack.ts';
import { answerWith, lengthWithGuess, SECRET, sizesOf } from './messages.ts';

const packedLength = async (text: string) =>
  (await packMessages([text], { windowBits: DEFAULT_WINDOW_BITS, forgets: true }))[0]?.length ?? 0;

describe('what the chapter on compression says', () => {
  test('of all characters, the next one of the secret alone makes the answer shorter', async () => {
    const known = SECRET.slice(0, -3);
    const right = SECRET.at(-3) ?? '';
    const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
    const lengths = await Promise.all(
      letters.map(async (letter) => [letter, await lengthWithGuess(known + letter)] as const),
    );
    const shortest = Math.min(...lengths.map(([, length]) => length));
    expect(lengths.filter(([, length]) => length === shortest).map(([letter]) => letter)).toEqual([right]);
    expect(answerWith('x')).toContain(SECRET);
  });

  test('a message alone is shorter from the second trade on; after others like it, always', async () => {
    const [one, two] = await Promise.all([sizesOf(1), sizesOf(2)]);
    expect(one.alone).toBeGreaterThan(one.plain);
    expect(one.after).toBeLessThan(one.plain / 2);
    expect(two.alone).toBeLessThan(two.plain);
  });

  test('a megabyte of equal bytes comes from a kilobyte, 16 MiB from 16 KiB', async () => {
    expect(await packedLength('\0'.repeat(2 ** 20))).toBeLessThan(1100);
    expect(await packedLength('\0'.repeat(2 ** 24))).toBeLessThan(16 * 1024);
  });
});
