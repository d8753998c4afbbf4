import { expect, test } from 'vitest';
import { maskMistakes } from './mistakes.ts';

test('each mistake spoils the text or the connection', () => {
  const mistakes = maskMistakes();
  expect(mistakes.length).toBeGreaterThan(7);
  for (const { outcome, hex } of mistakes) {
    expect(outcome).not.toContain('Hello, world');
    expect(hex).not.toContain('48 65 6c 6c 6f');
  }
  const outcomeOf = (words: string) => mistakes.find(({ mistake }) => mistake.includes(words))?.outcome;
  expect(outcomeOf('MASK bit')).toBe('The length seems to be 140, and the server waits for 124 bytes more.');
  expect(outcomeOf('left on')).toContain('1007');
  expect(outcomeOf('whole frame')).toContain('1002');
});
