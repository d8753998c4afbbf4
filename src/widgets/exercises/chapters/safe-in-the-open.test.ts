import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAnswer } from '../exercise.ts';
import { EXERCISES } from './safe-in-the-open.ts';

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

test('every careless check, and every trap of a login, is asked about', () => {
  const asked = (id: string) => {
    const exercise = EXERCISES.find((each) => each.id === id);
    return new Set(Array.from({ length: 300 }, (_, seed) => exercise?.generate(seed).question.solution.steps[0]));
  };
  expect(asked('who-gets-in').size).toBe(4);
  expect(asked('which-login').size).toBe(4);
});

test('the check that is shown lets in the stranger that is right, and no other of the four', () => {
  const exercise = EXERCISES.find(({ id }) => id === 'who-gets-in');
  for (let seed = 0; seed < 200; seed++) {
    const { question } = exercise?.generate(seed) ?? expect.unreachable();
    const [check] = question.given;
    if (check?.kind !== 'value' || question.form.kind !== 'choice') return expect.unreachable();
    // The very code that the reader sees.
    const letsIn = new Function('origin', `return ${check.text}`) as (origin: string) => boolean;
    expect(question.form.options.filter(letsIn)).toEqual(question.solution.answer);
  }
});
