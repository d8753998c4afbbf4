import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAnswer } from '../exercise.ts';
import { EXERCISES } from './compression.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const drawn = (id: string, seed: number) => {
  const exercise = EXERCISES.find((each) => each.id === id);
  if (exercise === undefined) throw new Error(`no exercise ${id}`);
  return exercise.generate(seed);
};

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

test('a wrong character names the code that it comes from', () => {
  const { question, verify } = drawn('read-the-codes', 1);
  const [right = ''] = question.solution.answer;
  expect(verify([`X${right.slice(1)}`]).sentence).toMatch(
    /^Character 1 is wrong. It comes from code 1: copy \d from \d+ back\.$/,
  );
  expect(verify([right.slice(0, 4)]).sentence).toContain('right so far');
  expect(verify([`${right}!`]).sentence).toContain('no code is left');
});

test('a bill without the inflaters, and one in megabytes, are told apart', () => {
  const seeds = [...Array(300).keys()];
  const sentences = seeds.flatMap((seed) => {
    const { question, verify } = drawn('memory-bill', seed);
    const [right = ''] = question.solution.answer;
    return [
      verify([String(Math.round(Number(right) * 1.048576))]).sentence,
      verify([String(Number(right) * 3)]).sentence,
    ];
  });
  expect(sentences).toContain('A MiB has 1,048,576 bytes, not 1,000,000.');
  expect(sentences).toContain('It is less.');
});
