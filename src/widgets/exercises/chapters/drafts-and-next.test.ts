import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAnswer } from '../exercise.ts';
import { EXERCISES as DRAFTS } from './drafts.ts';
import { EXERCISES as NEXT } from './today-and-next.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe.each([...DRAFTS, ...NEXT].map((exercise) => [exercise.id, exercise] as const))('%s', (_id, exercise) => {
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
        const { question, verify } = exercise.generate(seed);
        const verdict = verify(emptyAnswer(question.form).map(() => `${text}?`));
        expect(verdict.right).toBe(false);
        expect(verdict.sentence).not.toBe('');
      }),
    );
  });

  test('one option is right, the others say why not', () => {
    fc.assert(
      fc.property(arbitrarySeed, (seed) => {
        const { question, verify } = exercise.generate(seed);
        if (question.form.kind !== 'choice') return;
        const verdicts = question.form.options.map((option) => verify([option]));
        expect(new Set(question.form.options).size).toBe(4);
        expect(verdicts.filter(({ right }) => right)).toHaveLength(1);
        for (const { sentence } of verdicts) expect(sentence.length).toBeGreaterThan(20);
      }),
    );
  });
});
