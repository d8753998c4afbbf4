import { expect, test } from 'vitest';
import { cutIntoParts, encodePhrase } from './frame-phrase.ts';

const hexOf = (phrase: string) => Buffer.from(encodePhrase(phrase)).toString('hex');

test("the RFC's own examples come out of their phrases", () => {
  expect(hexOf('text Hello')).toBe('810548656c6c6f');
  expect(hexOf('text Hello masked')).toBe('818537fa213d7f9f4d5158');
  expect(hexOf('text unfinished Hel')).toBe('010348656c');
  expect(hexOf('continuation lo')).toBe('80026c6f');
  expect(hexOf('ping unmasked Hello')).toBe('890548656c6c6f');
});

test('a close frame begins its payload with the status code', () => {
  expect(hexOf('close 1000 bye')).toBe('880503e8627965');
  expect(hexOf('close')).toBe('8800');
});

test('a frame is cut into parts that make up the whole', () => {
  const parts = cutIntoParts(encodePhrase('text Hello masked'));
  expect(parts.map(({ field, bytes }) => [field, bytes.length])).toEqual([
    ['opcode', 1],
    ['payload-length', 1],
    ['masking-key', 4],
    ['payload-data', 5],
  ]);
});

test('a phrase without a kind of frame fails by name', () => {
  expect(() => encodePhrase('txt Hello')).toThrow('begins with "txt"');
});
