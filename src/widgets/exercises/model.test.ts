import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { describeAnswer, emptyAnswer, isComplete } from './exercise.ts';
import { initialExerciseState, inOrder, moveItem, pickCell, reduceExercise } from './model.ts';
import { SeededRandom } from './random.ts';
import { verifyBytes, verifyFrame, verifyOrder } from './verify-bytes.ts';

const fresh = initialExerciseState(1, ['']);
const RIGHT = { right: true, sentence: 'Right.' };
const WRONG = { right: false, sentence: 'Wrong.' };

test('a right answer solves an exercise, and a new draw keeps it solved', () => {
  const solved = reduceExercise(fresh, { type: 'judge', verdict: RIGHT });
  expect(solved).toMatchObject({ solved: true, tries: 1, verdict: RIGHT });
  expect(reduceExercise(solved, { type: 'draw', seed: 2, answer: ['x'] })).toEqual({
    ...initialExerciseState(2, ['x']),
    solved: true,
  });
});

test('a wrong answer is a try and solves nothing', () => {
  expect(reduceExercise(fresh, { type: 'judge', verdict: WRONG })).toMatchObject({ solved: false, tries: 1 });
});

test('the solution opens only after a try, and a question whose solution was read no longer counts', () => {
  expect(reduceExercise(fresh, { type: 'toggleSolution' }).solutionShown).toBe(false);
  const tried = reduceExercise(fresh, { type: 'judge', verdict: WRONG });
  const read = reduceExercise(tried, { type: 'toggleSolution' });
  expect(read.solutionShown).toBe(true);
  const closed = reduceExercise(read, { type: 'toggleSolution' });
  expect(reduceExercise(closed, { type: 'judge', verdict: RIGHT }).solved).toBe(false);
  const again = reduceExercise(closed, { type: 'draw', seed: 3, answer: [''] });
  expect(reduceExercise(again, { type: 'judge', verdict: RIGHT }).solved).toBe(true);
});

test('a changed answer loses the verdict on the old one', () => {
  const judged = reduceExercise(fresh, { type: 'judge', verdict: WRONG });
  expect(reduceExercise(judged, { type: 'answer', answer: ['b'] })).toMatchObject({
    verdict: undefined,
    answer: ['b'],
  });
});

test('an item moves by one, and not over the ends', () => {
  expect(moveItem(['0', '1', '2'], 1, -1)).toEqual(['1', '0', '2']);
  expect(moveItem(['0', '1', '2'], 0, -1)).toEqual(['0', '1', '2']);
  expect(moveItem(['0', '1', '2'], 2, 1)).toEqual(['0', '1', '2']);
});

test('one pick too many drops the oldest, and a second pick of a cell takes it back', () => {
  expect(pickCell(['4', '9'], 2, 2)).toEqual(['9', '2']);
  expect(pickCell(['4', '9'], 9, 2)).toEqual(['4']);
  expect(inOrder(['10', '9'])).toEqual(['9', '10']);
});

test('an order is judged by the first item in the wrong place', () => {
  const items = ['a', 'b', 'c'];
  expect(verifyOrder(['2', '0', '1'], [2, 0, 1], items).right).toBe(true);
  expect(verifyOrder(['2', '1', '0'], [2, 0, 1], items)).toMatchObject({ right: false, range: { start: 1, end: 2 } });
});

test('bytes typed in hex are judged by the first that is wrong, and a text that is no hex by its character', () => {
  const expected = Uint8Array.of(1, 2, 3);
  expect(verifyBytes('01 02 03', expected).right).toBe(true);
  expect(verifyBytes('01 ff 03', expected)).toMatchObject({ right: false, range: { start: 1, end: 2 } });
  expect(verifyBytes('01 02', expected).sentence).toContain('missing');
  expect(verifyBytes('01 xy', expected).sentence).toContain('"x" is not a hex digit');
  expect(verifyBytes('00000000: 0102 03', expected).sentence).toContain('Paste only the bytes');
});

test('a frame typed in hex is judged by the field that the wrong byte holds', () => {
  const expected = encodeFrame({ opcode: 1, payload: new TextEncoder().encode('Hi'), maskingKey: 0x01020304 });
  const typed = Buffer.from(expected).toString('hex');
  expect(verifyFrame(typed, expected).right).toBe(true);
  expect(verifyFrame(typed.replace(/^8182/, '8102'), expected).sentence).toContain('MASK must be 1');
  expect(verifyFrame(typed.replace(/^81/, '01'), expected).sentence).toContain('FIN must be 1');
  expect(verifyFrame(`${typed.slice(0, -2)}00`, expected).sentence).toContain('payload data');
});

test('each form says when it is complete, and shows an answer in words', () => {
  const cells = { kind: 'cells' as const, legend: '', unit: 'byte' as const, cells: [], picks: 2 };
  expect(isComplete(cells, ['1'])).toBe(false);
  expect(describeAnswer(cells, ['0', '4'])).toBe('bytes 1 and 5');
  expect(describeAnswer({ kind: 'hex', label: '' }, ['8a0348'])).toBe('8a 03 48');
  const order = { kind: 'order' as const, legend: '', items: ['a', 'b'] };
  expect(emptyAnswer(order)).toEqual(['0', '1']);
  expect(describeAnswer(order, ['1', '0'])).toBe('b; a');
  const blanks = { kind: 'blanks' as const, blanks: [{ label: 'FIN' }, { label: 'MASK' }] };
  expect(isComplete(blanks, ['1', ' '])).toBe(false);
  expect(describeAnswer(blanks, ['1', '0'])).toBe('FIN: 1; MASK: 0');
});

test('what is drawn from a seed stays in its bounds, and a shuffle loses nothing', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 300 }), (seed, bound) => {
      const random = new SeededRandom(seed);
      const drawn = random.below(bound);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(bound);
      const list = Array.from({ length: 9 }, (_, i) => i);
      expect(random.shuffle(list).toSorted()).toEqual(list);
    }),
  );
  expect(() => new SeededRandom(1).pick([])).toThrow('empty');
});
