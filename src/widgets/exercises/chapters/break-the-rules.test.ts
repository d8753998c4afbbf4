import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrames } from '../../../inspector/frame/decode-stream.ts';
import { SeededRandom } from '../random.ts';
import { drawBroken, drawRight } from './break-the-rules/draw-broken.ts';
import { EXERCISES } from './break-the-rules.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe.each(EXERCISES.map((exercise) => [exercise.id, exercise] as const))('%s', (_id, exercise) => {
  test('its own solution is right, and that of another question seldom is', () => {
    let wrong = 0;
    fc.assert(
      fc.property(arbitrarySeed, arbitrarySeed, (seed, other) => {
        const { question, verify } = exercise.generate(seed);
        expect(verify(question.solution.answer)).toMatchObject({ right: true });
        const verdict = verify(exercise.generate(other).question.solution.answer);
        if (!verdict.right) wrong++;
        expect(verdict.sentence.length).toBeGreaterThan(8);
      }),
    );
    expect(wrong).toBeGreaterThan(10);
  });

  test('an answer that is nowhere near is wrong, and never throws', () => {
    fc.assert(
      fc.property(arbitrarySeed, fc.string({ maxLength: 60 }), (seed, text) => {
        expect(exercise.generate(seed).verify([`x${text}`])).toMatchObject({ right: false });
      }),
    );
  });
});

test('what is drawn as broken breaks one rule, in its last frame; what is drawn as right breaks none', () => {
  fc.assert(
    fc.property(arbitrarySeed, (seed) => {
      const random = new SeededRandom(seed);
      const { bytes, sender } = drawBroken(random);
      const broken = decodeFrames(bytes, sender).frames.map(({ dump }) => dump.violations.length);
      expect([broken.at(-1), broken.slice(0, -1).every((count) => count === 0)]).toEqual([1, true]);
      const right = decodeFrames(drawRight(sender, random), sender).frames;
      expect(right.map(({ dump }) => dump.violations)).toEqual([[]]);
    }),
  );
});

test('every kind of answer comes up', () => {
  const seeds = Array.from({ length: 300 }, (_, seed) => seed);
  const answers = (id: string) =>
    new Set(
      seeds.map((seed) => EXERCISES.find((exercise) => exercise.id === id)?.generate(seed).question.solution.answer[0]),
    );
  expect([...answers('which-code')].map((answer) => answer?.slice(0, 4)).toSorted()).toEqual(['1002', '1007', 'None']);
  for (const code of ['1000', '1005', '1006', '3000']) expect(answers('what-is-told')).toContain(code);
});
