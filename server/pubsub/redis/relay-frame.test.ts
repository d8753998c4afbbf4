import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../../../src/text/utf8.ts';
import { packMessage, unpackMessage } from './relay-frame.ts';

const ID = Uint8Array.from({ length: 16 }, (_, i) => i);

test('every message comes out as it went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.string(), fc.boolean(), (bytes, text, isText) => {
      const payload = isText ? encodeText(text) : bytes;
      const opcode = isText ? 1 : 2;
      const read = unpackMessage(packMessage({ opcode, payload }, ID), 1000);
      expect(read).toEqual({ opcode, payload: Buffer.from(payload), from: Buffer.from(ID).toString('hex') });
    }),
  );
});

const packed = (opcode: number, ...payload: number[]) => Buffer.from([opcode, ...ID, ...payload]);

test.each([
  [Buffer.alloc(0), 'fewer than 17'],
  [packed(1).subarray(0, 16), 'fewer than 17'],
  [packed(8), 'neither text nor binary'],
  [packed(0), 'neither text nor binary'],
  [packed(1, 0xff), 'not valid UTF-8'],
  [packed(2, 1, 2, 3, 4, 5), 'more than this server allows'],
])('%j is refused: %s', (bytes, problem) => {
  expect(unpackMessage(bytes, 4)).toEqual({ problem: expect.stringContaining(problem) });
});
