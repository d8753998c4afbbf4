import { expect, test } from 'vitest';
import { EVENT_BYTES, Idleness } from './idleness.ts';

const QUICK = { paused: false, unsentBytes: 0 };

test('a silent peer gets one ping after half of the timeout, and a close at its end', () => {
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

test('an event ends the silence, and the next silence gets a ping again', () => {
  const idleness = new Idleness(0);
  expect(idleness.sweep(60, 100, QUICK)).toBe('ping');
  idleness.addBytes(EVENT_BYTES);
  expect(idleness.sweep(90, 100, QUICK)).toBeUndefined();
  expect(idleness.sweep(139, 100, QUICK)).toBeUndefined();
  expect(idleness.sweep(140, 100, QUICK)).toBe('ping');
});

test('a few bytes do not end the silence, a kilobyte does', () => {
  const [few, many] = [new Idleness(0), new Idleness(0)];
  few.addBytes(1023);
  many.addBytes(1024);
  expect(few.sweep(100, 100, QUICK)).toBe('close');
  expect(many.sweep(100, 100, QUICK)).toBeUndefined();
});

test('while reading is paused, the bytes that the peer takes end the silence', () => {
  const idleness = new Idleness(0);
  const slow = (unsentBytes: number) => ({ paused: true, unsentBytes });
  expect(idleness.sweep(40, 100, slow(5000))).toBeUndefined();
  expect(idleness.sweep(90, 100, slow(4000))).toBeUndefined();
  expect(idleness.sweep(139, 100, slow(4000))).toBeUndefined();
  expect(idleness.sweep(190, 100, slow(4000))).toBe('close');
});

test('without a timeout there is no ping and no close', () => {
  expect(new Idleness(0).sweep(1e9, 0, QUICK)).toBeUndefined();
});
