import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('past 20 lines in a second the rest is counted', () => {
  const lines: string[] = [];
  let nowMs = 0;
  const log = createLog(
    (line) => lines.push(line),
    () => nowMs,
  );
  for (let i = 1; i <= 25; i++) log(`event ${i}`);
  expect(lines).toHaveLength(20);
  nowMs = 1000;
  log('later');
  expect(lines.slice(20)).toEqual(['5 more lines were held back', 'later']);
  nowMs = 2000;
  log('last');
  expect(lines.slice(22)).toEqual(['last']);
});

test("the peer's own text begins no line and moves no cursor", () => {
  const lines: string[] = [];
  createLog((line) => lines.push(line))('path /a\r\nforged\u001b[2J\u009b1m');
  expect(lines).toEqual(['path /a\\u{d}\\u{a}forged\\u{1b}[2J\\u{9b}1m']);
});
