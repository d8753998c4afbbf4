import { expect, test } from 'vitest';
import { unmaskedToListing } from './listing-unmasked.ts';
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

test('the 2011 listing stalls on a short unmasked frame and believes a longer one; the rules fail both', () => {
  expect(unmaskedToListing('Hi')).toEqual({
    bytes: 4,
    listing: 'waits until 6 bytes are there',
    rules: 'fails the connection with 1002',
  });
  expect(unmaskedToListing('Hello')).toMatchObject({ listing: 'hands “Hello” to the handler' });
});
