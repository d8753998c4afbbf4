import { expect, test } from 'vitest';
import type { Row } from './row.ts';
import { formatNumber, formatResult, resultOf } from './table.ts';

const row: Row = {
  group: 'codec',
  name: 'a row',
  unit: 'messages/s',
  goal: { atLeast: 2 },
  prepare: () => ({ sides: [] }),
};
const sides = [
  { name: 'framelight', rounds: [30, 20, 40] },
  { name: 'ws', rounds: [10, 10, 10] },
  { name: 'tcp', rounds: [60, 60, 60] },
];

test('a result has the medians, the ratio to the peer and to the limit, and whether the goal is met', () => {
  expect(resultOf(row, sides)).toEqual({
    group: 'codec',
    name: 'a row',
    unit: 'messages/s',
    readings: { framelight: 30, ws: 10, tcp: 60 },
    besidePeer: { median: 3, lowest: 2, highest: 4 },
    besideLimit: { median: 0.5, lowest: 20 / 60, highest: 40 / 60 },
    goal: { atLeast: 2 },
    met: true,
  });
});

test.each([
  [{ atLeast: 3.1 }, 'missed'],
  [{ atLeast: 3 }, 'met'],
  [{ atMost: 2.9 }, 'missed'],
  [{ atMost: 3 }, 'met'],
])('a ratio of 3 and the goal %o: %s', (goal, said) => {
  expect(formatResult(resultOf({ ...row, goal }, sides)).endsWith(said)).toBe(true);
});

test.each([
  [29, '≤ 29.0 missed'],
  [30, '≤ 30.0 met'],
])('a median of 30 and the goal of %d for it', (oursAtMost, said) => {
  expect(formatResult(resultOf({ ...row, goal: { oursAtMost } }, sides)).endsWith(said)).toBe(true);
});

test('the ratio by the clock is shown where there is one, and the goal is judged by the other', () => {
  const servers = [
    { name: 'framelight', rounds: [30], byClock: [11] },
    { name: 'ws', rounds: [10], byClock: [10] },
  ];
  const result = resultOf(row, servers);
  expect(result.besidePeerByClock?.median).toBeCloseTo(1.1);
  expect(formatResult(result)).toMatch(/ 3\.00 .* 1\.10 .*met$/);
});

test.each([
  [6, 'missed'],
  [6.1, 'missed: limit 6.00'],
])('servers, of which the limit has a ratio of 6, and the goal %d: %s', (atLeast, said) => {
  const servers = sides.map((side) => ({ ...side, byClock: side.rounds }));
  expect(formatResult(resultOf({ ...row, goal: { atLeast } }, servers)).endsWith(said)).toBe(true);
});

test('a row needs a peer', () => {
  expect(() => resultOf(row, sides.slice(0, 1))).toThrow(RangeError);
});

test.each([
  [12_345_678, '12.3 M'],
  [1234, '1.23 k'],
  [0.5, '0.500'],
  [undefined, ''],
])('%s is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});
