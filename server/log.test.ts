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

const logTimes = (times: number, kind: string, what = kind) => {
  for (let i = 1; i <= times; i++) log(kind, `#${i} 127.0.0.1:${50_000 + i} /echo: ${what}`);
};

test('20 lines of a kind are written and the others counted, even if nothing else happens', () => {
  logTimes(25, 'rsv1-set');
  expect(lines).toHaveLength(20);
  vi.advanceTimersByTime(10_000);
  expect(lines.slice(20)).toEqual(['and 5 more like this: rsv1-set']);
});

test('events of other kinds are still written', () => {
  logTimes(1000, 'rsv1-set');
  logTimes(1, 'no-such-path', 'refused with 404: There is nothing.');
  expect(lines.slice(20)).toEqual(['#1 127.0.0.1:50001 /echo: refused with 404: There is nothing.']);
});

test('the count of an endless flood is written less and less often', () => {
  const linesIn = (minutes: number) => {
    const before = lines.length;
    for (let i = 0; i < 60 * minutes; i++) {
      logTimes(100, 'rsv1-set');
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

test('after a quiet time everything is written again', () => {
  logTimes(25, 'no-close-frame');
  vi.advanceTimersByTime(30_000);
  lines.length = 0;
  logTimes(5, 'no-close-frame');
  expect(lines).toHaveLength(5);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('the text of an event does not make a kind: 33 changing names, 20 times each, are one kind', () => {
  for (let i = 0; i < 33 * 20; i++) log('malformed-host', `127.0.0.1:${i}: The Host header is "name-${i % 33}: x".`);
  expect(lines).toHaveLength(20);
  logTimes(1, 'unmasked-client-frame');
  expect(lines).toHaveLength(21);
  vi.advanceTimersByTime(10_000);
  expect(lines.slice(21)).toEqual(['and 640 more like this: malformed-host']);
});

test('endless new kinds, which only a bug of ours could create, count as one', () => {
  for (let i = 0; i < 1000; i++) log(`kind-${i}`, 'an event');
  expect(lines).toHaveLength(256 + 20);
  vi.advanceTimersByTime(10_000);
  expect(lines.at(-1)).toBe('and 724 more like this: something-else');
});

test("the peer's own text begins no line and moves no cursor", () => {
  log('kind', 'path /a\r\nforged\u001b[2J\u009b1m');
  expect(lines).toEqual(['path /a\\r\\nforged\\u{1b}[2J\\u{9b}1m']);
});

test('nor does it hide, or turn the direction of reading', () => {
  log('kind', 'a\u202eb\u2066c\u200bd\ufeffe\u2028f\u00adg\u{e0041}h\ud800');
  expect(lines).toEqual(['a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}e\\u{2028}f\\u{ad}g\\u{e0041}h\\u{d800}']);
});

test('nor does what is invisible in most fonts, such as variation selectors, which can carry any bytes unseen', () => {
  log('kind', 'a\u034fb\u115fc\u3164d\ufe0fe\u{e0101}f\uffa0g\u17b4h\u180b');
  expect(lines).toEqual(['a\\u{34f}b\\u{115f}c\\u{3164}d\\u{fe0f}e\\u{e0101}f\\u{ffa0}g\\u{17b4}h\\u{180b}']);
});

test('a long line is cut, and says so', () => {
  log('kind', `refused ${'/'.repeat(16_000)}`);
  expect(lines[0]).toMatch(/^refused \/+… \(15508 more characters\)$/);
  expect(lines[0]?.length).toBeLessThan(600);
});
