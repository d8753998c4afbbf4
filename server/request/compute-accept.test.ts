import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeAccept as computeAcceptPlainly } from '../../src/protocol/index.ts';
import { computeAccept } from './compute-accept.ts';

test("Node's SHA-1 gives the same result as the protocol core's for every key", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.constant(' dGhl\t')), (key) => {
      expect(computeAccept(key)).toBe(computeAcceptPlainly(key));
    }),
  );
});
