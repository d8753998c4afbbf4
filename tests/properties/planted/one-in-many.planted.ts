import fc from 'fast-check';
import { test } from 'vitest';

test('a bug that one value in 256 shows', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => bytes[0] !== 0xa5));
});

test('a property that always holds', () => {
  fc.assert(fc.property(fc.nat(), (value) => value >= 0));
});
