import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPrice } from '../../../companion/prices.ts';
import { emptyAnswer, isComplete } from '../exercise.ts';
import { OUTCOMES } from './broadcast-server/what-becomes-of-it.ts';
import { EXERCISES } from './broadcast-server.ts';

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

test.each(OUTCOMES)('the server’s own check says of %s: %s', (message, outcome) => {
  const checked = checkPrice(message);
  expect('text' in checked ? 'sent on' : String(checked.statusCode)).toBe(outcome);
});

test('common mistakes in counting are named', () => {
  const { question, verify } = EXERCISES[0]?.generate(1) ?? expect.unreachable();
  const [read = '', written = ''] = question.solution.answer;
  expect(verify([String(Number(read) - 4), written]).sentence).toContain('masking key');
  const members = Number(question.given[0]?.kind === 'value' ? question.given[0].text : 0);
  const each = Number(written) / members;
  expect(verify([read, String(Number(written) - each)]).sentence).toContain('its own message');
  expect(verify([read, String(members * Number(read))]).sentence).toContain('does not mask');
});
