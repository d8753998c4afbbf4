import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame } from '../protocol/framing/frame.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { takeReadForFrame } from './one-read-one-frame.ts';

const text = (words: string, fin = true) =>
  encodeFrame({ opcode: OPCODE.text, payload: encodeText(words), maskingKey: 0x37fa213d, fin });

test('a read that is one frame comes out right, which is why the mistake stays hidden', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (words) => {
      expect(takeReadForFrame(text(words))).toEqual({ kind: 'dispatches', data: words, missing: 0, ignored: 0 });
    }),
  );
});

test('of two frames in one read the second is lost', () => {
  const second = text('second');
  expect(takeReadForFrame(Uint8Array.of(...text('first'), ...second))).toMatchObject({
    data: 'first',
    ignored: second.length,
  });
});

test('a frame in two reads comes out short, and its rest is taken for a frame of its own', () => {
  const frame = text('Hello');
  expect(takeReadForFrame(frame.subarray(0, 8))).toMatchObject({ kind: 'dispatches', data: 'He', missing: 3 });
  expect(takeReadForFrame(frame.subarray(10))).toEqual({ kind: 'ignores', byteLength: 1 });
});

test('a character cut by the read becomes a replacement character', () => {
  expect(takeReadForFrame(text('ü').subarray(0, 7))).toMatchObject({ data: '\ufffd', missing: 1 });
});

test('FIN is not looked at, and other frames are dropped', () => {
  expect(takeReadForFrame(text('Hel', false))).toMatchObject({ kind: 'dispatches', data: 'Hel' });
  expect(takeReadForFrame(encodeFrame({ opcode: OPCODE.ping, payload: new Uint8Array(0) }))).toMatchObject({
    kind: 'drops',
    opcode: OPCODE.ping,
  });
});

test('no bytes make it throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (read) => takeReadForFrame(read).kind !== undefined));
});
