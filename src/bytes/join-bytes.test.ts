import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from './join-bytes.ts';
import { sameBytes } from './same-bytes.ts';

test('pieces are joined as Node joins them, and the result is a copy', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 8 })), (pieces) => {
      const joined = joinBytes(pieces);
      expect(Buffer.concat(pieces).equals(joined)).toBe(true);
      for (const piece of pieces) expect(piece.buffer).not.toBe(joined.buffer);
    }),
  );
});

test('arrays are the same exactly if Node finds no difference', () => {
  const few = fc.uint8Array({ max: 1, maxLength: 3 });
  fc.assert(
    fc.property(few, few, (left, right) => {
      expect(sameBytes(left, right)).toBe(Buffer.compare(left, right) === 0);
    }),
  );
});
