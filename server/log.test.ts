import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog, type Log } from './log.ts';

let lines: string[];
let log: Log;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  log = createLog((line) => lines.push(line));
});

afterEach(() => void vi.useRealTimers());

const logTimes = (times: number, what: string) => {
  for (let i = 1; i <= times; i++) log(`#${i} 127.0.0.1:${50_000 + i} /echo: ${what}`);
};

test('of one kind, 20 lines are written and the rest is counted, though nothing more happens', () => {
  logTimes(25, 'failed with 1002, reserved-bit');
  expect(lines).toHaveLength(20);
  vi.advanceTimersByTime(10_000);
  expect(lines.slice(20)).toEqual(['and 5 more like this: failed with 1002, reserved-bit']);
});

test('what is of another kind is written all the same', () => {
  logTimes(1000, 'failed with 1002, reserved-bit');
  logTimes(1, 'refused with 404: There is nothing.');
  expect(lines.slice(20)).toEqual(['#1 127.0.0.1:50001 /echo: refused with 404: There is nothing.']);
});

test('a flood that does not cease is told more and more seldom', () => {
  const linesIn = (minutes: number) => {
    const before = lines.length;
    for (let i = 0; i < 60 * minutes; i++) {
      logTimes(100, 'failed with 1002, reserved-bit');
      vi.advanceTimersByTime(1000);
    }
    return lines.length - before;
  };
  expect(linesIn(20)).toBeLessThan(180);
  expect(linesIn(60)).toBeLessThan(150);
  const told = lines.flatMap((line) => line.match(/^and (\d+) more/)?.[1] ?? []).map(Number);
  expect(told[0]).toBe(980);
  expect(told.at(-1)).toBe(59_980);
});

test('after a quiet time all is written again', () => {
  logTimes(25, 'ended without a close frame');
  vi.advanceTimersByTime(30_000);
  lines.length = 0;
  logTimes(5, 'ended without a close frame');
  expect(lines).toHaveLength(5);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('kinds without end are one kind', () => {
  for (let i = 0; i < 1000; i++) log(`#${i} 127.0.0.1:1 /echo: the handler failed on message: Error: ${i}`);
  expect(lines).toHaveLength(32 + 20);
  vi.advanceTimersByTime(10_000);
  expect(lines.at(-1)).toBe('and 948 more like this: something else');
});

test("the peer's own text begins no line and moves no cursor", () => {
  log('path /a\r\nforged\u001b[2J\u009b1m');
  expect(lines).toEqual(['path /a\\u{d}\\u{a}forged\\u{1b}[2J\\u{9b}1m']);
});

test('nor does it hide, or turn the direction of reading', () => {
  log('a\u202eb\u2066c\u200bd\ufeffe\u2028f\u00adg\u{e0041}h\ud800');
  expect(lines).toEqual(['a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}e\\u{2028}f\\u{ad}g\\u{e0041}h\\u{d800}']);
});

test('a long line is cut, and says so', () => {
  log(`refused ${'/'.repeat(16_000)}`);
  expect(lines[0]).toMatch(/^refused \/+… \(15508 more characters\)$/);
  expect(lines[0]?.length).toBeLessThan(600);
});
