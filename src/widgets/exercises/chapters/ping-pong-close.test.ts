import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAnswer, isComplete } from '../exercise.ts';
import { EXERCISES } from './ping-pong-close.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const SEEDS = Array.from({ length: 120 }, (_, seed) => seed);
const drawn = (id: string, seed: number) => {
  const exercise = EXERCISES.find((each) => each.id === id);
  if (exercise === undefined) throw new Error(`no exercise ${id}`);
  return exercise.generate(seed);
};

describe.each(EXERCISES.map((exercise) => [exercise.id, exercise] as const))('%s', (_id, exercise) => {
  test('its own solution is right and complete, and that of another question seldom is', () => {
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
        expect(verify(emptyAnswer(question.form).map(() => `x${text}`))).toMatchObject({ right: false });
      }),
    );
  });
});

test('a pong that goes back masked is told so', () => {
  const said = SEEDS.map((seed) => {
    const { question, verify } = drawn('write-the-pong', seed);
    const ping = question.given[0]?.kind === 'bytes' ? question.given[0].hex : '';
    return verify([`8a${ping.slice(2)}`]).sentence;
  });
  expect(said.every((sentence) => sentence.includes('a server never masks'))).toBe(true);
});

test('a code read from the wrong end is told so', () => {
  const { question, verify } = drawn('decode-the-close', 1);
  const [sender = '', code = '', ...rest] = question.solution.answer;
  const swapped = (Number(code) % 256) * 256 + Math.floor(Number(code) / 256);
  expect(verify([sender, String(swapped), ...rest]).sentence).toContain('the other way round');
});

test('the codes that are told are those on the wire, 1005 and 1006', () => {
  const codes = new Set(SEEDS.map((seed) => drawn('which-code-is-told', seed).question.solution.answer[0]));
  expect([...codes]).toEqual(expect.arrayContaining(['1005', '1006', '1001', '4000']));
});

test('onclose before the end of TCP is right too, as in Firefox, and no other order is', () => {
  for (const seed of SEEDS) {
    const { question, verify } = drawn('order-the-close', seed);
    const answer = [...question.solution.answer];
    const [tcpEnds = '', told = ''] = answer.slice(-2);
    const early = [...answer.slice(0, -2), told, tcpEnds];
    expect(verify(early)).toMatchObject({ right: true, sentence: expect.stringContaining('Firefox 153') });
    expect(verify([...early.slice(1), early[0] ?? ''])).toMatchObject({ right: false });
  }
});

test('whoever closes, the server ends TCP, and by the standard the page is told last', () => {
  const orders = SEEDS.map((seed) => {
    const { question } = drawn('order-the-close', seed);
    const items = question.form.kind === 'order' ? question.form.items : [];
    return question.solution.answer.map((item) => items[Number(item)] ?? '');
  });
  for (const order of orders) {
    expect(order.at(-2)).toBe('the server ends TCP');
    expect(order.at(-1)).toMatch(/^onclose gives the page \d{4}$/);
    expect(order.filter((line) => line.includes('close frame'))).toHaveLength(2);
  }
  expect(new Set(orders.map(([first]) => first)).size).toBeGreaterThan(2);
});
