import { expect, test } from 'vitest';
import { readingMinutes } from './reading-time.ts';

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

test('a text takes a minute for 220 words, and never none', () => {
  expect(readingMinutes('', 0)).toBe(1);
  expect(readingMinutes(words(220 * 4), 0)).toBe(4);
});

test('a figure, a listing and an exercise take half a minute each', () => {
  const source = `${words(220)}\n\n<FrameBits />\n\n<Code from="a.ts" name="b" />\n\n\`\`\`js\n${words(500)}\n\`\`\`\n\n<Exercises chapter="x" />\n`;
  expect(readingMinutes(source, 0)).toBe(3);
  expect(readingMinutes(source, 4)).toBe(5);
});

test('components, links and code within a sentence are read with it, their markup is not', () => {
  const sentence = 'The <Field name="fin" /> bit is [the first](/reference/#opcodes) of `0x81`.<Rfc section="5.2" /> ';
  expect(readingMinutes(sentence.repeat(200), 0)).toBe(Math.round((7 * 200) / 220));
});
