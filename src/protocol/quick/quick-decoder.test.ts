import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { encodeFrame } from '../framing/frame.ts';
import { OPCODE } from '../framing/opcode.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { QuickDecoder } from './quick-decoder.ts';

const KEY = 0x37fa213d;
const HELLO = bytesOf('48656c6c6f');
const frameOf = (payload: Uint8Array, opcode: number = OPCODE.text, fin = true) =>
  encodeFrame({ fin, opcode, payload, maskingKey: KEY });

function fed(bytes: Uint8Array): QuickDecoder {
  const decoder = new QuickDecoder();
  decoder.feed(bytes);
  return decoder;
}

describe('a message in one frame and one chunk', () => {
  test.each([5, 200, 40_000])('of %d bytes is taken, unmasked, and can be described', (length) => {
    const payload = new Uint8Array(length).fill(0x61);
    const decoder = fed(frameOf(payload));
    const whole = decoder.nextWhole(true, 100_000);
    if (whole === undefined) return expect.fail('it is not taken');
    expect(whole).toMatchObject({ opcode: OPCODE.text, payload, ascii: true, headerLength: length < 126 ? 6 : 8 });
    expect(decoder.describeWhole(whole)).toMatchObject({
      header: { fin: true, opcode: OPCODE.text, payloadLength: length, maskingKey: KEY },
      payload,
      begins: true,
      ends: true,
    });
    expect(decoder.next()).toBeUndefined();
  });

  test.each([
    ['a fragment', frameOf(HELLO, OPCODE.text, false), 100],
    ['a ping', frameOf(HELLO, OPCODE.ping), 100],
    ['longer than may be', frameOf(HELLO), 4],
    ['not whole', frameOf(HELLO).subarray(0, 10), 100],
    ['unmasked', encodeFrame({ opcode: OPCODE.text, payload: HELLO }), 100],
    [
      'in a longer form than it needs',
      encodeFrame({ opcode: 1, payload: HELLO, maskingKey: KEY, lengthField: 126 }),
      100,
    ],
  ])('is left for next() where it is %s', (_, bytes, maxLength) => {
    const decoder = fed(bytes.slice());
    expect(decoder.nextWhole(true, maxLength)).toBeUndefined();
    expect(decoder.next()).toMatchObject({ payloadOffset: 0, begins: true });
  });
});

describe('the middle of a long frame', () => {
  const payload = Uint8Array.from({ length: 300 }, (_, i) => (i === 150 ? 0xc3 : 0x61));
  const bytes = frameOf(payload);

  test('is appended, unmasked, and told to be ASCII where it is; the end is left for next()', () => {
    for (const chunkLength of [7, 100]) {
      const decoder = fed(bytes.slice(0, 8));
      decoder.next();
      const message = new GrowingBytes();
      for (let at = 8; at + chunkLength < bytes.length; at += chunkLength) {
        const start = message.length;
        decoder.feed(bytes.slice(at, at + chunkLength));
        const sent = payload.subarray(start, start + chunkLength);
        expect(decoder.nextMiddle(message)).toBe(sent.every((byte) => byte < 0x80));
        expect(message.peek()).toEqual(payload.subarray(0, start + chunkLength));
        expect(decoder.describeMiddle(sent)).toMatchObject({ payloadOffset: start, begins: false, ends: false });
      }
      const rest = payload.subarray(message.length);
      decoder.feed(bytes.slice(bytes.length - rest.length));
      expect(decoder.nextMiddle(message)).toBeUndefined();
      expect(decoder.next()).toMatchObject({ payload: rest, ends: true });
    }
  });

  test('is none between frames, nor in a control frame', () => {
    const message = new GrowingBytes();
    expect(fed(bytes.slice()).nextMiddle(message)).toBeUndefined();
    const decoder = fed(frameOf(HELLO, OPCODE.ping).slice(0, 7));
    decoder.next();
    decoder.feed(Uint8Array.of(1));
    expect(decoder.nextMiddle(message)).toBeUndefined();
    expect(message.length).toBe(0);
  });
});
