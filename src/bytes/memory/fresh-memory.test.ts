import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FreshMemory } from './fresh-memory.ts';

test('each array has zeros, the length asked for, and no byte in common with another', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { maxLength: 50 }), (lengths) => {
      const memory = new FreshMemory(256);
      const arrays = lengths.map((length) => memory.take(length));
      for (const [i, array] of arrays.entries()) {
        expect(array).toEqual(new Uint8Array(lengths[i] as number));
        array.fill(i + 1);
      }
      for (const [i, array] of arrays.entries()) expect(array.every((byte) => byte === i + 1)).toBe(true);
    }),
  );
});

test('arrays taken in a row are neighbors', () => {
  const memory = new FreshMemory(256);
  const [first, second] = [memory.take(5), memory.take(7)];
  expect(second.buffer).toBe(first.buffer);
  expect(second.byteOffset).toBe(first.byteOffset + 5);
});

test('a long array has its own memory', () => {
  const memory = new FreshMemory(256);
  expect(memory.take(64).buffer.byteLength).toBe(64);
});
