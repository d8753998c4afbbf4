import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedBytes } from './bounded-bytes.ts';

test('it holds the first bytes of all pieces, up to its bound', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 });
  fc.assert(
    fc.property(pieces, fc.nat(120), (all, bound) => {
      const bytes = new BoundedBytes(bound);
      for (const piece of all) bytes.append(piece);
      const whole = all.flatMap((piece) => [...piece]);
      expect([...bytes.bytes]).toEqual(whole.slice(0, bound));
      expect(bytes.length).toBe(Math.min(whole.length, bound));
      expect(bytes.full).toBe(whole.length >= bound);
    }),
  );
});

test('a piece is copied, and what was forgotten makes room', () => {
  const bytes = new BoundedBytes(4);
  const piece = Uint8Array.of(1, 2, 3, 4, 5);
  bytes.append(piece);
  piece[0] = 9;
  expect([...bytes.bytes]).toEqual([1, 2, 3, 4]);
  bytes.clear();
  expect(bytes.length).toBe(0);
  bytes.append(Uint8Array.of(6));
  expect([...bytes.bytes]).toEqual([6]);
});
