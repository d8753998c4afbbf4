import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfHex } from '../../bytes/hex.ts';
import { encodeHeader } from '../../protocol/framing/header.ts';
import { MAX_HEADER_LENGTH, minimalLengthField } from '../../protocol/framing/layout.ts';
import { fieldsOfCutHeader } from './cut-header.ts';

const rowsOf = (hex: string) =>
  fieldsOfCutHeader(bytesOfHex(hex)).map(({ name, bits, value, meaning }) => [name, bits, value, meaning]);

test('one byte has FIN, the reserved bits and the opcode, and nothing of the length', () => {
  expect(rowsOf('81').map(([name, bits]) => [name, bits])).toEqual([
    ['FIN', 1],
    ['RSV1', 1],
    ['RSV2', 1],
    ['RSV3', 1],
    ['opcode', 4],
  ]);
});

test('a masking-key that is cut has the bytes that arrived, in hex, and says how many are missing', () => {
  expect(rowsOf('818537fa').at(-1)).toEqual(['masking-key', 16, '37fa', 'cut: 2 of 4 bytes arrived']);
});

test('so does a length that is cut', () => {
  expect(rowsOf('827e01').at(-1)?.slice(1)).toEqual([8, '01', 'cut: 1 of 2 bytes arrived']);
});

test('wherever a header is cut, its fields cover exactly the bytes that there are', () => {
  const lengths = fc.oneof(
    fc.nat(125),
    fc.integer({ min: 126, max: 0xffff }),
    fc.integer({ min: 65_536, max: 2 ** 40 }),
  );
  const keys = fc.option(fc.nat(0xffff_ffff), { nil: undefined });
  fc.assert(
    fc.property(fc.nat(15), keys, lengths, fc.nat(), (opcode, maskingKey, payloadLength, cut) => {
      const reserved = { rsv1: false, rsv2: false, rsv3: false };
      const lengthField = minimalLengthField(payloadLength);
      const target = new Uint8Array(MAX_HEADER_LENGTH);
      const fields = { fin: true, ...reserved, opcode, lengthField, payloadLength, maskingKey };
      const length = encodeHeader(fields, target);
      const bytes = target.subarray(0, 1 + (cut % (length - 1)));
      let at = 0;
      for (const { bit, bits } of fieldsOfCutHeader(bytes)) {
        expect(bit).toBe(at);
        at += bits;
      }
      expect(at).toBe(8 * bytes.length);
    }),
  );
});
