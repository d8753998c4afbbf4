import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../protocol/framing/frame.ts';
import { decodeFrameExercise } from '../decode-frame.ts';
import { emptyAnswer, isComplete } from '../exercise.ts';
import { pickViolationExercise } from '../pick-violation.ts';
import { EXERCISES as ACCEPT_HASH } from './accept-hash.ts';
import { EXERCISES as MASKING } from './masking.ts';
import { EXERCISES as OPENING_HANDSHAKE } from './opening-handshake.ts';
import { EXERCISES as WHAT } from './what-a-websocket-is.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const ALL = [
  ...ACCEPT_HASH,
  ...MASKING,
  ...OPENING_HANDSHAKE,
  ...WHAT,
  decodeFrameExercise('decode', 'Decode this frame'),
  pickViolationExercise('broken', 'Which byte?', (random) => ({
    bytes: encodeFrame({ opcode: 3 + random.below(5), payload: random.bytes(3), maskingKey: random.below(2 ** 31) }),
    sender: 'client',
  })),
];

describe.each(ALL.map((exercise) => [exercise.id, exercise] as const))('%s', (_id, exercise) => {
  test('its own solution is judged right, whatever was drawn', () => {
    fc.assert(
      fc.property(arbitrarySeed, (seed) => {
        const { question, verify } = exercise.generate(seed);
        expect(verify(question.solution.answer)).toMatchObject({ right: true });
        expect(isComplete(question.form, question.solution.answer)).toBe(true);
      }),
    );
  });

  test('the solution of another draw is judged wrong, and it is said why', () => {
    fc.assert(
      fc.property(arbitrarySeed, arbitrarySeed, (seed, other) => {
        const { question, verify } = exercise.generate(seed);
        const given = exercise.generate(other).question.solution.answer;
        const verdict = verify(given);
        expect(verdict.sentence.length).toBeGreaterThan(5);
        if (verdict.right) return;
        expect(given).not.toEqual(question.solution.answer);
      }),
    );
  });

  test('an answer that is nowhere near never throws', () => {
    fc.assert(
      fc.property(arbitrarySeed, fc.string({ maxLength: 400 }), (seed, text) => {
        const { question, verify } = exercise.generate(seed);
        expect(verify(emptyAnswer(question.form).map(() => text)).sentence).not.toBe('');
      }),
    );
  });

  test('the same seed draws the same question, and others draw others', () => {
    expect(exercise.generate(7).question).toEqual(exercise.generate(7).question);
    const drawn = new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => JSON.stringify(exercise.generate(seed).question)));
    expect(drawn.size).toBeGreaterThan(3);
  });
});

test('each chapter has three to five exercises, with ids of their own', () => {
  for (const exercises of [ACCEPT_HASH, MASKING, OPENING_HANDSHAKE, WHAT]) {
    expect(exercises.length).toBeGreaterThanOrEqual(3);
    expect(exercises.length).toBeLessThanOrEqual(5);
    expect(new Set(exercises.map(({ id }) => id)).size).toBe(exercises.length);
  }
});

const verdictOf = (exercises: typeof ALL, id: string, seed: number, answer: readonly string[]) =>
  exercises
    .find((exercise) => exercise.id === id)
    ?.generate(seed)
    .verify(answer);

describe('a wrong answer is told what is wrong with it', () => {
  test('an accept by its mistake', () => {
    const { question } = ALL.find(({ id }) => id === 'write-the-accept')?.generate(1) ?? {};
    const [right = ''] = question?.solution.answer ?? [];
    const verdict = verdictOf(ALL, 'write-the-accept', 1, [right.replace('=', '')]);
    expect(verdict).toMatchObject({ right: false });
    expect(verdict?.sentence).toContain('The answer has no padding');
  });

  test('a character of base64 by its six bits', () => {
    const { question } = ALL.find(({ id }) => id === 'base64-by-hand')?.generate(2) ?? {};
    const [right = ''] = question?.solution.answer ?? [];
    const wrong = (right.startsWith('A') ? 'B' : 'A') + right.slice(1);
    const verdict = verdictOf(ALL, 'base64-by-hand', 2, [wrong]);
    expect(verdict?.sentence).toMatch(/Character 1, “.”, is wrong: the bits here are [01]{6}/);
    expect(verdict?.range).toEqual({ start: 0, end: 1 });
  });

  test('a byte of the header line by what it is', () => {
    const { question } = ALL.find(({ id }) => id === 'what-is-hashed')?.generate(3) ?? {};
    const [first = '', last = ''] = question?.solution.answer ?? [];
    expect(verdictOf(ALL, 'what-is-hashed', 3, ['0', last])?.sentence).toContain('Only the value is hashed');
    expect(verdictOf(ALL, 'what-is-hashed', 3, [first, String(Number(last) - 2)])?.sentence).toContain(
      'The == is part of the key',
    );
  });

  test('a line of a request by the refusal it leaves', () => {
    const sentence = verdictOf(ALL, 'mend-the-request', 4, ['X-Other: 1'])?.sentence;
    expect(sentence).toContain('still refuses the request');
  });

  test('a response by the first thing that a client does not take', () => {
    const sentence = verdictOf(ALL, 'write-the-answer', 5, ['HTTP/1.1 200 OK\nUpgrade: websocket'])?.sentence;
    expect(sentence).toContain('not 101');
  });

  test('a byte that is still masked, and one that was XORed wrong', () => {
    const { question } = ALL.find(({ id }) => id === 'unmask-by-hand')?.generate(6) ?? {};
    const [given] = question?.given ?? [];
    const frame = given?.kind === 'bytes' ? given.hex : '';
    expect(verdictOf(ALL, 'unmask-by-hand', 6, [frame.slice(12)])?.sentence).toContain('Byte 1, ');
    expect(verdictOf(ALL, 'unmask-by-hand', 6, [frame.slice(12)])?.sentence).toContain('still masked');
    const [right = ''] = question?.solution.answer ?? [];
    const wrong = right.replace(/..$/, (last) => (last === '00' ? '01' : '00'));
    expect(verdictOf(ALL, 'unmask-by-hand', 6, [wrong])?.sentence).toMatch(
      /On the wire it is .., [01]{8}, and byte \d/,
    );
  });

  test('the right bytes of a key in the wrong order', () => {
    const seeds = [...Array(40).keys()];
    const seed = seeds.find((each) =>
      ALL.find(({ id }) => id === 'find-the-key')
        ?.generate(each)
        .question.task.includes('one byte of payload'),
    );
    const { question } = ALL.find(({ id }) => id === 'find-the-key')?.generate(seed ?? 0) ?? {};
    const [right = ''] = question?.solution.answer ?? [];
    const verdict = verdictOf(ALL, 'find-the-key', seed ?? 0, [right.slice(2) + right.slice(0, 2)]);
    expect(verdict?.sentence).toContain('goes with byte 1 of the key');
  });

  test('a byte of the key by the way it was counted', () => {
    const sentences = [...Array(60).keys()].flatMap((seed) => {
      const exercise = ALL.find(({ id }) => id === 'key-byte-after-a-cut');
      const form = exercise?.generate(seed).question.form;
      const options = form?.kind === 'choice' ? form.options : [];
      return options.map((option) => verdictOf(ALL, 'key-byte-after-a-cut', seed, [option])?.sentence ?? '');
    });
    expect(sentences.filter((sentence) => sentence.startsWith('Right')).length).toBe(60);
    expect(sentences.some((sentence) => sentence.includes('started at 0 again'))).toBe(true);
    expect(sentences.some((sentence) => sentence.includes('bytes of the header counted'))).toBe(true);
  });

  test('what goes over the wire in place of what was wanted', () => {
    expect(verdictOf(ALL, 'be-the-attacker', 8, ['00 00 00 00 00'])?.sentence).toMatch(/^Byte 1 goes over the wire as/);
    expect(verdictOf(ALL, 'be-the-attacker', 8, ['00'])?.sentence).not.toContain('undefined');
  });
});
