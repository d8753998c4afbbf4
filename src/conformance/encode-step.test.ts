import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { joinBytes } from '../bytes/join-bytes.ts';
import { encodeFrame } from '../protocol/framing/frame.ts';
import { FrameReader } from '../protocol/framing/frame-reader.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import type { Cut, SendStep } from './case.ts';
import { encodeItems, maskingKeyAt, writesOf } from './encode-step.ts';
import { binary, fragments, ping, type SentItem, text } from './frames.ts';
import { payloadBytes, repeated } from './payload.ts';

const arbitraryItem: fc.Arbitrary<SentItem> = fc.oneof(
  fc.string().map((payload) => text(payload)),
  fc.string({ maxLength: 20 }).map((payload) => ping(payload)),
  fc
    .record({ byteLength: fc.nat(300), fragmentBytes: fc.integer({ min: 1, max: 40 }) })
    .map(({ byteLength, fragmentBytes }) => fragments(OPCODE.binary, repeated('010203', byteLength), fragmentBytes)),
);
const arbitraryItems = fc.array(arbitraryItem, { minLength: 1, maxLength: 5 });

const bytesOf = (step: SendStep) => joinBytes([...writesOf(step)].map(({ bytes }) => bytes));

describe('writesOf', () => {
  test('writes the same bytes however they are cut', () => {
    fc.assert(
      fc.property(
        arbitraryItems,
        fc.oneof(fc.constant<Cut>('frame-wise'), fc.integer({ min: 1, max: 50 })),
        (items, cut) => {
          const whole = bytesOf({ type: 'send', items, cut: 'whole' });
          expect(bytesOf({ type: 'send', items, cut })).toEqual(whole);
        },
      ),
    );
  });

  test('writes slices that come to the whole', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.nat(2000), (items, at) => {
        const step = { type: 'send', items, cut: 'whole' } as const;
        const first = bytesOf({ ...step, slice: { start: 0, end: at } });
        const second = bytesOf({ ...step, slice: { start: at } });
        expect(joinBytes([first, second])).toEqual(bytesOf(step));
      }),
    );
  });

  test('tells after which of them a frame is whole', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.integer({ min: 1, max: 50 }), (items, cut) => {
        const reader = new FrameReader();
        for (const { bytes, insideFrame } of writesOf({ type: 'send', items, cut })) {
          reader.push(bytes.slice());
          expect(insideFrame).toBe(!reader.atFrameBoundary);
        }
      }),
    );
  });
});

describe('a long frame', () => {
  const item = binary(repeated('00fe23faf0', 300_000));
  const whole = encodeFrame({
    opcode: OPCODE.binary,
    payload: payloadBytes(repeated('00fe23faf0', 300_000)),
    maskingKey: maskingKeyAt(0),
  });

  test('goes out in writes of 64 KiB, and is the same as in one piece', () => {
    const writes = [...writesOf({ type: 'send', items: [item], cut: 'whole' })];
    expect(joinBytes(writes.map(({ bytes }) => bytes))).toEqual(whole);
    expect(writes.map(({ bytes }) => bytes.length)).toEqual([
      65_536,
      65_536,
      65_536,
      65_536,
      whole.length - 4 * 65_536,
    ]);
    expect(writes.map(({ insideFrame }) => insideFrame)).toEqual([true, true, true, true, false]);
  });

  test('is the same in fragments that are long, too, and in slices', () => {
    const inFragments = [fragments(OPCODE.binary, repeated('00fe23faf0', 300_000), 70_001)];
    const parts = new FrameReader().push(joinBytes([...encodeItems(inFragments)]));
    expect(joinBytes(parts.map(({ payload }) => payload))).toEqual(payloadBytes(repeated('00fe23faf0', 300_000)));
    for (const at of [3, 14, 70_000, 299_999]) {
      const slices = [{ start: 0, end: at }, { start: at }];
      const bytes = slices.map((slice) => bytesOf({ type: 'send', items: [item], cut: 'whole', slice }));
      expect(joinBytes(bytes)).toEqual(whole);
    }
  });

  test('of a gigabyte takes no gigabyte', () => {
    const gigabyte = binary(repeated('2a', 2 ** 30));
    let byteLength = 0;
    const memories = new Set<ArrayBuffer>();
    for (const { bytes } of writesOf({ type: 'send', items: [gigabyte], cut: 'frame-wise' })) {
      byteLength += bytes.length;
      memories.add(bytes.buffer);
    }
    expect(byteLength).toBe(14 + 2 ** 30);
    expect(memories.size).toBeLessThan(5);
  });
});

describe('fragments', () => {
  const lengthsOf = (byteLength: number, fragmentBytes: number) => {
    const bytes = joinBytes([...encodeItems([fragments(OPCODE.text, repeated('2a', byteLength), fragmentBytes)])]);
    return new FrameReader().push(bytes).map(({ payloadLength, fin }) => `${payloadLength}${fin ? ' FIN' : ''}`);
  };

  test('end with an empty frame where the length is a multiple', () => {
    expect(lengthsOf(6, 3)).toEqual(['3', '3', '0 FIN']);
    expect(lengthsOf(7, 3)).toEqual(['3', '3', '1 FIN']);
  });

  test('are one frame where all fits into it', () => {
    expect(lengthsOf(3, 3)).toEqual(['3 FIN']);
    expect(lengthsOf(0, 3)).toEqual(['0 FIN']);
  });
});

test('a repeated payload ends within its pattern', () => {
  expect(formatHex(payloadBytes(repeated('0102ff', 8)))).toBe('0102ff0102ff0102');
  expect(formatHex(payloadBytes(repeated('0102ff', 2)))).toBe('0102');
});
