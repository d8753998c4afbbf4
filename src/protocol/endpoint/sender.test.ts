import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, joined } from '../../../tests/bytes.ts';
import { encodeFrame } from '../framing/frame.ts';
import { OPCODE } from '../framing/opcode.ts';
import { Sender } from './sender.ts';

const payloads = fc
  .record({ byteLength: fc.oneof(fc.nat(300), fc.integer({ min: 16_000, max: 70_000 })), byteOffset: fc.nat(9) })
  .map(({ byteLength, byteOffset }) =>
    Uint8Array.from({ length: byteOffset + byteLength }, (_, i) => i * 151).subarray(byteOffset),
  );

test('in one write or in two, a message is the bytes of its frame', () => {
  fc.assert(
    fc.property(payloads, fc.option(fc.nat(0xffff_ffff), { nil: undefined }), (payload, maskingKey) => {
      const sender = new Sender(undefined, maskingKey === undefined ? undefined : () => maskingKey);
      const written = sender.message(OPCODE.binary, payload).map(({ bytes }) => bytes);
      expect(hexOf(joined(...written))).toBe(hexOf(encodeFrame({ opcode: OPCODE.binary, payload, maskingKey })));
    }),
  );
});

test('a long unmasked payload is sent without a copy, and a masked one is not changed', () => {
  const payload = new Uint8Array(20_000).fill(7);
  const [header, unmasked] = new Sender().message(OPCODE.binary, payload);
  expect(header?.bytes.length).toBe(4);
  expect(unmasked?.bytes.buffer).toBe(payload.buffer);
  new Sender(undefined, () => 0x37fa213d).message(OPCODE.binary, payload);
  expect(payload.every((byte) => byte === 7)).toBe(true);
});
