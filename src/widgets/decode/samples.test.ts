import { expect, test } from 'vitest';
import { initialDecodeState, presentDecoded } from './model.ts';
import { SAMPLES } from './samples.ts';

test.each(SAMPLES)('the sample $name decodes, and breaks no rule', ({ name, text }) => {
  const { problem, frameCount, brokenCount, notes } = presentDecoded(
    initialDecodeState({ text, sender: 'either', limits: {} }),
  );
  expect(problem).toBeUndefined();
  expect(notes).toEqual([]);
  expect([frameCount, brokenCount]).toEqual([name === 'six frames' ? 6 : 1, 0]);
});
