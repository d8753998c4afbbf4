import { describe, expect, test } from 'vitest';
import { type PassingFrame, parseRule } from './rule.ts';

const FRAME: PassingFrame = {
  ...{ connection: 1, path: '/chat', direction: 'out', fin: true, rsv1: false, opcode: 1, masked: false },
  ...{ payload: new TextEncoder().encode('the price & more'), text: 'the price & more' },
};

const rule = (text: string) => {
  const parsed = parseRule(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
};

test.each([
  ['all', true],
  ['out', true],
  ['in', false],
  ['text', true],
  ['opcode=1', true],
  ['opcode=a', false],
  ['out & opcode=1 & text~/price/', true],
  ['text~/price & more/ & out', true],
  ['text~/PRICE/', false],
  ['text~/PRICE/i', true],
  ['path~/^\\/chat$/', true],
  ['length>15', true],
  ['length<16', false],
  ['length=16 & fin=1', true],
])('the condition %s', (condition, fits) => {
  expect(rule(`${condition} -> drop`).fits(FRAME)).toBe(fits);
});

test('nth counts the frames of a connection that fit the other conditions', () => {
  const { fits } = rule('out & nth=2 -> drop');
  const inward = { ...FRAME, direction: 'in' as const };
  expect([FRAME, inward, { ...FRAME, connection: 2 }, FRAME, FRAME].map(fits)).toEqual([
    false,
    false,
    false,
    true,
    false,
  ]);
});

test.each([
  ['all -> delay 500', { kind: 'delay', ms: 500 }],
  ['all → throttle 1000', { kind: 'throttle', bytesPerSecond: 1000 }],
  ['all -> swallow', { kind: 'drop' }],
  ['all -> cut', { kind: 'cut', how: 'RST' }],
  ['all -> cut FIN after 500 ms', { kind: 'cut', how: 'FIN', afterMs: 500 }],
  ['all -> cut RST after 2 bytes', { kind: 'cut', how: 'RST', afterBytes: 2 }],
  ['all -> recut 1', { kind: 'recut', byteLength: 1 }],
  ['all -> corrupt', { kind: 'corrupt', bit: 0 }],
  ['all -> close 1011 bye', { kind: 'close', order: expect.objectContaining({ opcode: 8 }) }],
  ['all -> edit text "a -> b"', { kind: 'edit', order: expect.objectContaining({ opcode: 1 }) }],
])('the action of %s', (text, action) => {
  expect(rule(text).action).toEqual(action);
});

describe('what is wrong is said', () => {
  test.each([
    ['drop', 'has no "->"'],
    ['sideways -> drop', 'There is no condition "sideways"'],
    ['all -> explode', 'There is no action "explode"'],
    ['all -> delay', '"delay" needs milliseconds, such as delay 500.'],
    ['all -> drop 5', '"drop" takes nothing after it.'],
    ['text~/(/ -> drop', '/(/ is not a regular expression.'],
    ['all -> edit bogus', 'Unknown order "bogus"'],
    ['all -> cut sometime', '"cut" needs RST or FIN'],
  ])('%s', (text, problem) => {
    const parsed = parseRule(text);
    expect('problem' in parsed && parsed.problem).toContain(problem);
  });
});
