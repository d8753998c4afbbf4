import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, hexOf } from '../../../tests/bytes.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { OPCODE } from './opcode.ts';

const BOUNDARIES = [0, 1, 125, 126, 127, 65_535, 65_536];
const HELLO = bytesOf('48656c6c6f');

/** Any frame, legal or not; a payload of any length form, and longer forms than it needs. */
const frames: fc.Arbitrary<Frame> = fc
  .record({
    fin: fc.boolean(),
    rsv1: fc.boolean(),
    rsv2: fc.boolean(),
    rsv3: fc.boolean(),
    opcode: fc.nat(15),
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 130 }),
      fc.constantFrom(...BOUNDARIES).map((byteLength) => new Uint8Array(byteLength).fill(0x6b)),
    ),
    maskingKey: fc.option(fc.nat(0xffff_ffff), { nil: undefined }),
    longForm: fc.constantFrom(undefined, 126, 127),
  })
  .map(({ longForm, ...frame }) =>
    longForm === undefined || (longForm === 126 && frame.payload.length > 0xffff)
      ? frame
      : { ...frame, lengthField: longForm },
  );

test('decoding what was encoded gives the same frame, for both roles and every length form', () => {
  fc.assert(
    fc.property(frames, (frame) => {
      const reader = new FrameReader();
      const parts = reader.push(encodeFrame(frame));
      expect(parts).toHaveLength(1);
      const part = parts[0] ?? expect.unreachable();
      const { payload, begins, ends } = part;
      expect([begins, ends, reader.atFrameBoundary]).toEqual([true, true, true]);
      expect(Buffer.compare(payload, frame.payload)).toBe(0);
      const { payload: _, maskingKey, lengthField = part.lengthField, ...flags } = frame;
      expect(part).toMatchObject({
        ...flags,
        lengthField,
        payloadLength: frame.payload.length,
        masked: maskingKey !== undefined,
        maskingKey: maskingKey ?? 0,
      });
    }),
  );
});

describe('a frame is as long as RFC 6455 §5.2 says', () => {
  test.each([
    [0, 2, 6],
    [125, 2, 6],
    [126, 4, 8],
    [65_535, 4, 8],
    [65_536, 10, 14],
  ])('%i bytes of payload: a header of %i bytes from a server, %i from a client', (byteLength, server, client) => {
    const payload = new Uint8Array(byteLength);
    expect(encodeFrame({ opcode: OPCODE.binary, payload }).length).toBe(server + byteLength);
    expect(encodeFrame({ opcode: OPCODE.binary, payload, maskingKey: 0 }).length).toBe(client + byteLength);
  });
});

test('the payload is not changed', () => {
  encodeFrame({ opcode: OPCODE.text, payload: HELLO, maskingKey: 0x37fa213d });
  expect(hexOf(HELLO)).toBe('48656c6c6f');
});

test('a frame is not overwritten by later frames', () => {
  const sizes = [0, 3, 125, 1000, 16_000, 16_384, 70_000, 3];
  const encodeAll = () =>
    Array.from({ length: 60 }, (_, i) =>
      encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(sizes[i % sizes.length] as number).fill(i) }),
    );
  const encoded = encodeAll();
  const before = encoded.map(hexOf);
  encodeAll();
  expect(encoded.map(hexOf)).toEqual(before);
});

test('small frames that are encoded one after the other are neighbors in memory', () => {
  const ends = Array.from({ length: 100 }, () => {
    const { buffer, byteOffset, length } = encodeFrame({ opcode: OPCODE.text, payload: HELLO });
    return { buffer, start: byteOffset, end: byteOffset + length };
  });
  const breaks = ends.slice(1).filter(({ buffer, start }, i) => buffer !== ends[i]?.buffer || start !== ends[i]?.end);
  expect(breaks.length).toBeLessThanOrEqual(1);
});

describe('a field that does not fit its bits is an error of the caller', () => {
  test.each<[string, Partial<Frame>]>([
    ['opcode', { opcode: 16 }],
    ['opcode', { opcode: -1 }],
    ['opcode', { opcode: 1.5 }],
    ['maskingKey', { maskingKey: -1 }],
    ['maskingKey', { maskingKey: 2 ** 32 }],
    ['maskingKey', { maskingKey: 0.5 }],
    ['lengthField', { lengthField: 4 }],
    ['lengthField', { lengthField: -1 }],
    ['lengthField', { lengthField: 128, payload: new Uint8Array(128) }],
    ['lengthField', { lengthField: 126, payload: new Uint8Array(65_536) }],
  ])('%s: %o', (name, wrong) => {
    expect(() => encodeFrame({ opcode: OPCODE.text, payload: HELLO, ...wrong })).toThrow(
      expect.objectContaining({ name: 'RangeError', message: expect.stringMatching(`^${name} is `) }),
    );
  });
});
