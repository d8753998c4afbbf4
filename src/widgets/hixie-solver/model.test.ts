import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXAMPLE, presentSolver, readBody } from './model.ts';

test('the example of the draft, each step', () => {
  expect(presentSolver(EXAMPLE)).toEqual({
    keys: [
      { problem: undefined, sum: '4146546015 ÷ 5 spaces = 829309203', bytes: '31 6e 41 13' },
      { problem: undefined, sum: '1299853100 ÷ 5 spaces = 259970620', bytes: '0f 7e d6 3c' },
    ],
    bodyProblem: undefined,
    bodyHex: '5e 6e 3a 64 73 5b 34 55',
    answer: { hex: '38 6a 4b 53 27 79 3a 47 2a 43 6f 2c 57 78 61 2d', text: "8jKS'y:G*Co,Wxa-" },
  });
  expect(presentSolver({ ...EXAMPLE, body: '5e6e3a64 735b3455' })).toEqual(presentSolver(EXAMPLE));
});

test('what is wrong is said, and there is no answer then', () => {
  expect(presentSolver({ ...EXAMPLE, key2: 'none' })).toMatchObject({
    keys: [{ problem: undefined }, { problem: 'The key has no digit.' }],
    answer: undefined,
  });
  expect(presentSolver({ ...EXAMPLE, body: 'short' })).toMatchObject({
    bodyProblem: 'Give 8 characters, or 8 bytes in hex. There are 5 characters.',
    answer: undefined,
  });
  expect(readBody('12345€78')).toMatchObject({ problem: expect.stringContaining('in hex') });
  expect(presentSolver({ ...EXAMPLE, key1: '12 ' }).keys[0].sum).toBe('12 ÷ 1 space = 12');
});

test('nothing that is typed makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (key1, key2, body) => {
      const { answer, keys } = presentSolver({ key1, key2, body });
      if (answer !== undefined) expect(keys.every(({ problem }) => problem === undefined)).toBe(true);
    }),
  );
});
