import { describe, expect, test } from 'vitest';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE, joinLines } from '../../protocol/handshake/head/example-heads.ts';
import { HANDSHAKE_RULES } from '../../protocol/handshake/rules.ts';
import { headDifference } from './head-difference.ts';

describe.each(HANDSHAKE_RULES)('the example of $name', ({ example }) => {
  const sample = example.startsWith('HTTP') ? EXAMPLE_RESPONSE : EXAMPLE_REQUEST;
  const lines = headDifference(example, sample);

  test('differs from the sample, in lines that are short enough to read', () => {
    expect(lines.some(({ kind }) => kind !== 'same')).toBe(true);
    expect(lines.every(({ text }) => text.length < 110)).toBe(true);
    expect(lines.length).toBeLessThan(15);
  });

  test('goes back to the sample where its own lines are left out', () => {
    const before = lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
    expect(joinLines(...before)).toBe(sample);
  });
});

test('a bare line feed is shown as what it is', () => {
  expect(headDifference('GET\r\na: 1\nb: 2\r\n\r\n', 'GET\r\na: 1\r\nb: 2\r\n\r\n')).toEqual([
    { kind: 'same', text: 'GET' },
    { kind: 'removed', text: 'a: 1' },
    { kind: 'removed', text: 'b: 2' },
    { kind: 'added', text: 'a: 1\\nb: 2' },
  ]);
});

test('a line that is there twice is one line more', () => {
  const kinds = headDifference('a\r\nb\r\nb\r\nc\r\n\r\n', 'a\r\nb\r\nc\r\n\r\n').map(({ kind }) => kind);
  expect(kinds).toEqual(['same', 'same', 'added', 'same']);
});
