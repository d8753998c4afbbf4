import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBytes } from './compare-bytes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('bytes are the same as themselves and differ from all others, first where the range starts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 8 }), (one, other) => {
      const difference = compareBytes(one, other);
      expect(compareBytes(one, one)).toBeUndefined();
      expect(difference === undefined).toBe(Buffer.compare(one, other) === 0);
      if (difference === undefined) return;
      expect(difference.end).toBeLessThanOrEqual(one.length);
      expect(one.subarray(0, difference.start)).toEqual(other.subarray(0, difference.start));
    }),
  );
});

test.each([
  ['one more at the end', 'ab\r', 'ab', 'is 0d (CR) after byte 2, where it should end', 2, 3],
  ['two fewer', 'ab', 'ab==', 'are 2 bytes missing at the end: 3d 3d', 2, 2],
  ['one in front', ' ab', 'ab', 'is 20 (space) in front', 0, 1],
  ['another in its place', 'aXc', 'abc', 'is 58 (“X”) as byte 2, not 62 (“b”)', 1, 2],
  ['something else', 'xyzxyz', 'abc', 'are 6 bytes, not 3: from byte 1 on 78 79 7a 78 …, not 61 62 63', 0, 6],
])('%s', (_what, given, expected, sentence, start, end) => {
  expect(compareBytes(bytes(given), bytes(expected))).toEqual({ start, end, sentence });
});

test('a character is shown as itself', () => {
  expect(compareBytes(bytes('a-'), bytes('a+'), 'character')?.sentence).toBe('is “-” as character 2, not “+”');
});
