import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCuts, cutAt, cutEverywhere, hexOf, joined, placedAt } from '../../../tests/bytes.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { type FramePart, FrameReader } from './frame-reader.ts';
import { copyHeader, type FrameHeader } from './header.ts';
import { OPCODE } from './opcode.ts';

interface WholeFrame {
  readonly header: FrameHeader;
  readonly payload: string;
}

/** Joins parts into frames, and checks that the place of each part is as promised. */
function join(parts: readonly FramePart[]): { frames: WholeFrame[]; unfinished: boolean } {
  const frames: WholeFrame[] = [];
  let current: { header: FrameHeader; payload: string } | undefined;
  for (const part of parts) {
    expect(part.begins).toBe(current === undefined);
    if (part.ascii) expect(part.payload.every((byte) => byte < 0x80)).toBe(true);
    current ??= { header: copyHeader(part), payload: '' };
    expect(copyHeader(part)).toEqual(current.header);
    expect(part.payloadOffset).toBe(current.payload.length / 2);
    current.payload += hexOf(part.payload);
    expect(part.ends).toBe(current.payload.length / 2 === part.payloadLength);
    if (part.ends) frames.push(current);
    if (part.ends) current = undefined;
  }
  return { frames, unfinished: current !== undefined };
}

function decode(chunks: readonly Uint8Array[]): { frames: WholeFrame[]; atFrameBoundary: boolean } {
  const reader = new FrameReader();
  const { frames, unfinished } = join(chunks.flatMap((chunk) => reader.push(chunk)));
  if (unfinished) expect(reader.atFrameBoundary).toBe(false);
  return { frames, atFrameBoundary: reader.atFrameBoundary };
}

const frame: fc.Arbitrary<Frame> = fc.record({
  fin: fc.boolean(),
  rsv1: fc.boolean(),
  opcode: fc.nat(15),
  payload: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 120, maxLength: 200 })),
  maskingKey: fc.option(fc.nat(0xffff_ffff), { nil: undefined }),
});
const stream = fc.array(frame, { maxLength: 6 }).map((frames) => joined(...frames.map(encodeFrame)));

describe('any split into chunks gives the same frames', () => {
  test('cut at random', () => {
    fc.assert(
      fc.property(stream, arbitraryCuts, fc.nat(7), (bytes, cuts, byteOffset) => {
        const chunks = cutAt(bytes, cuts).map((chunk) => placedAt(byteOffset, chunk));
        expect(decode(chunks)).toEqual(decode([bytes.slice()]));
      }),
    );
  });

  test('cut after every byte', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        expect(decode(cutEverywhere(bytes))).toEqual(decode([bytes.slice()]));
      }),
    );
  });

  test('a frame of the 64-bit form, cut once at each byte of its header and around its ends', () => {
    const bytes = encodeFrame({
      opcode: OPCODE.binary,
      payload: new Uint8Array(65_536).fill(7),
      maskingKey: 0x01020304,
    });
    const whole = decode([bytes.slice()]);
    for (const cut of [...Array(20).keys(), bytes.length - 1]) {
      expect(decode([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(whole);
    }
  });
});

test('arbitrary bytes also give the same frames, cut or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), arbitraryCuts, (bytes, cuts) => {
      expect(decode(cutAt(bytes, cuts))).toEqual(decode([bytes.slice()]));
    }),
  );
});

test('every prefix of a frame is incomplete: no frame ends in it', () => {
  fc.assert(
    fc.property(frame, (one) => {
      const bytes = encodeFrame(one);
      for (let end = 0; end < bytes.length; end++) {
        expect(decode([bytes.slice(0, end)])).toEqual({ frames: [], atFrameBoundary: end === 0 });
      }
      expect(decode([bytes.slice()])).toMatchObject({ frames: [{}], atFrameBoundary: true });
    }),
  );
});

test('a header is reported at once, before any of its payload', () => {
  const bytes = encodeFrame({ opcode: OPCODE.text, payload: new Uint8Array(300), maskingKey: 1 });
  const reader = new FrameReader();
  expect(reader.push(bytes.slice(0, 7))).toEqual([]);
  expect(reader.push(bytes.slice(7, 8))).toMatchObject([
    { opcode: OPCODE.text, payloadLength: 300, payload: new Uint8Array(0), begins: true, ends: false },
  ]);
  expect(reader.push(bytes.slice(8, 9))).toMatchObject([{ payloadOffset: 0, begins: false, ends: false }]);
  expect(reader.push(bytes.slice(9))).toMatchObject([{ payloadOffset: 1, begins: false, ends: true }]);
});

test('a frame without payload ends with its header', () => {
  const bytes = encodeFrame({ opcode: OPCODE.ping, payload: new Uint8Array(0), maskingKey: 1 });
  expect(new FrameReader().push(bytes)).toMatchObject([{ begins: true, ends: true }]);
});

test('payloads are views of the chunk: nothing is copied', () => {
  const chunk = joined(
    ...[3, 400].map((byteLength) => encodeFrame({ opcode: 2, payload: new Uint8Array(byteLength) })),
  );
  const parts = new FrameReader().push(chunk);
  expect(parts.map(({ payload }) => payload.buffer === chunk.buffer)).toEqual([true, true]);
});

test('a length that no memory can hold is reported, and nothing is allocated for it', () => {
  const [part] = new FrameReader().push(Uint8Array.of(0x82, 0x7f, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3));
  expect(part).toMatchObject({ payload: Uint8Array.of(1, 2, 3), begins: true, ends: false });
  expect(part?.payloadLength).toBeGreaterThan(2 ** 62);
});
