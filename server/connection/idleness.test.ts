import { expect, test } from 'vitest';
import { EVENT_BYTES, Idleness } from './idleness.ts';

const QUICK = { paused: false, unsentBytes: 0 };

test('silence is due for one ping at half of the time-out, and for the close at its end', () => {
  const idleness = new Idleness(0);
  expect([10, 49, 50, 60, 99, 100].map((nowMs) => idleness.sweep(nowMs, 100, QUICK))).toEqual([
    undefined,
    undefined,
    'ping',
    undefined,
    undefined,
    'close',
  ]);
});

test('an event ends the silence, and a second one is due for a ping again', () => {
  const idleness = new Idleness(0);
  expect(idleness.sweep(60, 100, QUICK)).toBe('ping');
  idleness.heard(EVENT_BYTES);
  expect(idleness.sweep(90, 100, QUICK)).toBeUndefined();
  expect(idleness.sweep(139, 100, QUICK)).toBeUndefined();
  expect(idleness.sweep(140, 100, QUICK)).toBe('ping');
});

test('a few bytes do not end the silence, a kilobyte does', () => {
  const [few, many] = [new Idleness(0), new Idleness(0)];
  few.heard(1023);
  many.heard(1024);
  expect(few.sweep(100, 100, QUICK)).toBe('close');
  expect(many.sweep(100, 100, QUICK)).toBeUndefined();
});

test('a peer that is not read from is heard by what it takes', () => {
  const idleness = new Idleness(0);
  const slow = (unsentBytes: number) => ({ paused: true, unsentBytes });
  expect(idleness.sweep(40, 100, slow(5000))).toBeUndefined();
  expect(idleness.sweep(90, 100, slow(4000))).toBeUndefined();
  expect(idleness.sweep(139, 100, slow(4000))).toBeUndefined();
  expect(idleness.sweep(190, 100, slow(4000))).toBe('close');
});

test('without a time-out nothing is ever due', () => {
  expect(new Idleness(0).sweep(1e9, 0, QUICK)).toBeUndefined();
});
