import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureInTurn, median, ratioOf } from './rounds.ts';

const readings = fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 });

describe('the median', () => {
  test('of an odd count is the middle one, of an even count the mean of both', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
  });

  test('has as many values on one side as on the other', () => {
    fc.assert(
      fc.property(readings, (values) => {
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  test('of nothing is nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

test('the sides take turns', async () => {
  const order: string[] = [];
  const side = (name: string, value: number) => ({
    name,
    measure() {
      order.push(name);
      return value;
    },
  });
  const measured = await measureInTurn([side('a', 1), side('b', 2)], 3);
  expect(order.join(' ')).toBe('a b a b a b');
  expect(measured).toEqual([
    { name: 'a', rounds: [1, 1, 1] },
    { name: 'b', rounds: [2, 2, 2] },
  ]);
});

test('what a server did by the clock is kept beside what it did by its processor time', async () => {
  const measure = () => ({ perProcessorSecond: 2, perClockSecond: 1 });
  expect(await measureInTurn([{ name: 'a', measure }], 2)).toEqual([{ name: 'a', rounds: [2, 2], byClock: [1, 1] }]);
});

test('a machine that slows down for both in one round moves no ratio', () => {
  fc.assert(
    fc.property(readings, fc.integer({ min: 1, max: 50 }), (peer, factor) => {
      const ours = { name: 'a', rounds: peer.map((reading) => reading * factor) };
      const ratio = ratioOf(ours, { name: 'b', rounds: peer });
      expect(ratio.median).toBeCloseTo(factor, 6);
      expect(ratio.lowest).toBeCloseTo(ratio.highest, 6);
    }),
  );
});

test('sides with different numbers of rounds have no ratio', () => {
  expect(() => ratioOf({ name: 'a', rounds: [1] }, { name: 'b', rounds: [1, 2] })).toThrow(RangeError);
});
