import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAnswer } from '../exercise.ts';
import { EXERCISES } from './polling-measured.ts';

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

test('each of the four ways is right somewhere', () => {
  const which = EXERCISES.find(({ id }) => id === 'which-way');
  const right = Array.from({ length: 200 }, (_, seed) => which?.generate(seed).question.solution.answer[0]);
  expect(new Set(right)).toEqual(new Set(['polling', 'long polling', 'server-sent events', 'WebSocket']));
});

test('a way that was left out, a response, and a sum over several seconds are told apart', () => {
  const sentences = Array.from({ length: 50 }, (_, seed) => {
    const [wait, polls] = EXERCISES.map((exercise) => exercise.generate(seed));
    const [polling = '', long = '', socket = ''] = wait?.question.solution.answer ?? [];
    const bytes = Number(polls?.question.solution.answer[0]);
    return [
      wait?.verify([String(Number(polling) - Number(socket)), long, socket]).sentence,
      ...[2, 4, 5, 10, 20].map((seconds) => polls?.verify([String(bytes * seconds)]).sentence),
    ];
  }).flat();
  expect(sentences).toContain(
    'Not by polling. You left out one way: an answer, a request and another answer have to travel.',
  );
  expect(sentences).toContain('That is in 5 seconds. How much is it in one?');
});
