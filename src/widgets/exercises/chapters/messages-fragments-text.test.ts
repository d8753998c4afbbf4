import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXERCISES } from './messages-fragments-text.ts';

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
        const { verify } = exercise.generate(seed);
        expect(verify([`x${text}`])).toMatchObject({ right: false });
      }),
    );
  });
});

test('who counts frames, or pings, is told what a message is', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);
  const said = seeds.map((seed) => {
    const { question, verify } = drawn('count-the-messages', seed);
    return verify([String(question.solution.steps.length)]).sentence;
  });
  expect(said).toContainEqual(expect.stringMatching(/not each of them is a message/));
  expect(said).toContainEqual(expect.stringMatching(/^Right: (\d) frames, \1 messages/));
});

test('a continuation that is called text fails with the rule that it breaks', () => {
  const { question, verify } = drawn('fin-and-opcode', 1);
  const answer = question.solution.answer.map((each) => each.replace('continuation', 'text'));
  expect(verify(answer)).toMatchObject({ right: false, sentence: expect.stringContaining('1002: The fragments') });
});

test('a ping inside a message is answered before the message is told', () => {
  const orders = Array.from({ length: 50 }, (_, seed) => {
    const { question } = drawn('pong-or-message', seed);
    const items = question.form.kind === 'order' ? question.form.items : [];
    return question.solution.answer.map((item) => items[Number(item)] ?? '');
  });
  expect(orders.every((order) => order.at(-1) === 'it ends TCP')).toBe(true);
  expect(orders.map((order) => order.indexOf('it sends a pong'))).toEqual(expect.arrayContaining([0, 1]));
});

test('a byte after the wrong one is never looked at', () => {
  const { question, verify } = drawn('wrong-in-utf8', 3);
  const wrong = Number(question.solution.answer[0]);
  expect(verify([String(wrong + 1)]).sentence).toContain('By then, it has failed the connection');
  expect(verify([String(wrong - 1)]).sentence).toContain('is allowed there');
});
