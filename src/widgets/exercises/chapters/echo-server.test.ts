import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAnswer, isComplete } from '../exercise.ts';
import { EXERCISES } from './echo-server.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe.each(EXERCISES.map((exercise) => [exercise.id, exercise] as const))('%s', (_id, exercise) => {
  test('its own solution is right, and that of another question is not always', () => {
    let wrong = 0;
    fc.assert(
      fc.property(arbitrarySeed, arbitrarySeed, (seed, other) => {
        const { question, verify } = exercise.generate(seed);
        expect(verify(question.solution.answer)).toMatchObject({ right: true });
        expect(isComplete(question.form, question.solution.answer)).toBe(true);
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
        expect(verify(emptyAnswer(question.form).map(() => `${text}?`)).right).toBe(false);
      }),
    );
  });

  test('of four options one is right, and the others are told why not', () => {
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

test('a text is turned around as Intl.Segmenter cuts it', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const decode = (codePoints: string) =>
    codePoints
      .split(' ')
      .map((each) => String.fromCodePoint(Number.parseInt(each.slice(2), 16)))
      .join('');
  fc.assert(
    fc.property(arbitrarySeed, (seed) => {
      const { given, solution } =
        EXERCISES.find(({ id }) => id === 'reverse-it')?.generate(seed).question ?? expect.unreachable();
      const text = given[0]?.kind === 'value' ? decode(given[0].text) : '';
      const cut = Array.from(segmenter.segment(text), ({ segment }) => segment);
      expect(decode(solution.answer[0] ?? '')).toBe(cut.reverse().join(''));
    }),
  );
});

test('each way in which a read can end is asked for', () => {
  const exercise = EXERCISES.find(({ id }) => id === 'what-is-kept');
  const answers = Array.from({ length: 100 }, (_, seed) => exercise?.generate(seed).question.solution.answer[0]);
  expect(new Set(answers).size).toBe(4);
});
