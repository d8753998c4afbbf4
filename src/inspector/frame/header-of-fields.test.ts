import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { fieldsOfCutHeader } from './cut-header.ts';
import { dumpFrame } from './frame-dump.ts';
import { headerOfFields } from './header-of-fields.ts';

/** A header of any form, right or wrong, and a few bytes of payload. */
const bytesOfFrame = fc.uint8Array({ minLength: 20, maxLength: 20 });

test('the fields of a whole header say the same as the header itself', () => {
  fc.assert(
    fc.property(bytesOfFrame, (bytes) => {
      const { opcode, fin, masked, payloadLength, fields } = dumpFrame(bytes);
      expect(headerOfFields(fields)).toEqual({ opcode, fin, masked, payloadLength });
    }),
  );
});

test.each([
  ['nothing', '', {}],
  ['one byte', '81', { opcode: 1, fin: true }],
  ['half a 16-bit length', '027e01', { opcode: 2, fin: false, masked: false }],
  ['seven bytes of a 64-bit length', '827f00000000000000', { opcode: 2, fin: true, masked: false }],
  ['a length, and half the key', '898537fa', { opcode: 9, fin: true, masked: true }],
])('of a header cut after %s there is only what arrived', (_, hex, expected) => {
  expect(headerOfFields(fieldsOfCutHeader(bytesOf(hex)))).toEqual(expected);
});

test('a cut header never claims a length, and never another opcode than the whole', () => {
  fc.assert(
    fc.property(bytesOfFrame, fc.nat(13), (bytes, cut) => {
      const whole = dumpFrame(bytes);
      const headerBits = whole.fields
        .filter(({ name }) => name !== 'payload data')
        .reduce((sum, { bits }) => sum + bits, 0);
      const there = bytes.subarray(0, cut % (headerBits / 8));
      const { payloadLength, ...rest } = headerOfFields(fieldsOfCutHeader(there));
      expect(payloadLength).toBeUndefined();
      expect(whole).toMatchObject(rest);
    }),
  );
});
