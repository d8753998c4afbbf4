import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAnswer } from '../exercise.ts';
import { EXERCISES } from './the-2011-listing.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const drawn = (id: string, seed: number) => {
  const exercise = EXERCISES.find((each) => each.id === id);
  if (exercise === undefined) throw new Error(`no exercise ${id}`);
  return exercise.generate(seed);
};
const seeds = [...Array(60).keys()];

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
        expect(verify(emptyAnswer(question.form).map(() => `${text}?`))).toMatchObject({ right: false });
      }),
    );
  });

  test('one option is right, and there are four', () => {
    fc.assert(
      fc.property(arbitrarySeed, (seed) => {
        const { question, verify } = exercise.generate(seed);
        if (question.form.kind !== 'choice') return;
        expect(new Set(question.form.options).size).toBe(4);
        expect(question.form.options.filter((option) => verify([option]).right)).toHaveLength(1);
      }),
    );
  });
});

test('the halves of a length are told apart', () => {
  const sentences = seeds.flatMap((seed) => {
    const { question, verify } = drawn('which-length', seed);
    const [, after = ''] = /is ([\d,]+)\./.exec(question.solution.steps[0] ?? '') ?? [];
    const whole = Number(after.replaceAll(',', ''));
    return [verify([String(whole)]).sentence, verify([String(whole % 2 ** 32)]).sentence];
  });
  expect(sentences).toContain('That is the true length. The listing reads only four of its eight bytes.');
  expect(sentences).toContain('That is the lower half. The listing reads the upper one.');
});

test('a sum without the new reads is told from another wrong one', () => {
  const { question, verify } = drawn('count-the-copies', 1);
  const right = Number(question.solution.answer[0]);
  const reads = Number(question.given[0]?.kind === 'value' ? question.given[0].text : '');
  expect(right).toBe((reads * (reads + 1)) / 2);
  expect(verify([String(right - reads)]).sentence).toBe('Each join copies the new read too.');
  expect(verify([String(reads)]).sentence).toContain('one copy of each byte');
});
