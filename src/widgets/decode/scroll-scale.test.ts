import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_CONTENT_HEIGHT, scaleScroll, shiftAfter } from './scroll-scale.ts';

const VIEW = 448;

test('a list that the browser can hold is not scaled', () => {
  const scale = scaleScroll(28 * 10_000, VIEW);
  expect(scale.contentHeight).toBe(280_000);
  expect(scale.shiftAt(1234)).toBe(0);
  expect(scale.scrollTopOf(1234)).toBe(1234);
});

test('a million rows fit into what every browser can hold, and both ends meet', () => {
  const full = 28 * 1_000_000;
  const scale = scaleScroll(full, VIEW);
  expect(scale.contentHeight).toBe(MAX_CONTENT_HEIGHT);
  expect(scale.shiftAt(0)).toBe(0);
  const last = scale.contentHeight - VIEW;
  expect(last + scale.shiftAt(last)).toBeCloseTo(full - VIEW);
});

test('every row can be scrolled to', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 300_000, max: 4_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, part) => {
        const scale = scaleScroll(28 * rows, VIEW);
        const top = part * (28 * rows - VIEW);
        const scrollTop = scale.scrollTopOf(top);
        expect(scrollTop + scale.shiftAt(scrollTop)).toBeCloseTo(top, 2);
      },
    ),
  );
});

test('a short way moves the rows pixel by pixel, a long way by the scale, and an end is reached exactly', () => {
  const scale = scaleScroll(28 * 1_000_000, VIEW);
  const before = { scrollTop: 4_000_000, shift: scale.shiftAt(4_000_000) };
  expect(shiftAfter(scale, before, 4_000_100, VIEW)).toBe(before.shift);
  expect(shiftAfter(scale, before, 6_000_000, VIEW)).toBe(scale.shiftAt(6_000_000));
  const last = scale.contentHeight - VIEW;
  expect(shiftAfter(scale, { scrollTop: last - 50, shift: 0 }, last, VIEW)).toBe(scale.shiftAt(last));
});
