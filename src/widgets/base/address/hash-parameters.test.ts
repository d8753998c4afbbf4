import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHashParameters, writeHashParameters } from './hash-parameters.ts';

test('whatever is written is read back, beside what was there', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, accept) => {
      const parameters = readHashParameters(writeHashParameters(writeHashParameters('', { accept }), { key }));
      expect([parameters.get('key'), parameters.get('accept')]).toEqual([key.toWellFormed(), accept.toWellFormed()]);
    }),
  );
});

test('a plus sign is no space, and half an escape is what it is', () => {
  expect(readHashParameters('#key=a+b/c==').get('key')).toBe('a+b/c==');
  expect(readHashParameters('#key=%').get('key')).toBe('%');
  expect([...readHashParameters('#a-heading').keys()]).toEqual([]);
});
