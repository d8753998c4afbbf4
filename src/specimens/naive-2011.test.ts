import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../protocol/framing/frame.ts';
import { minimalLengthField } from '../protocol/framing/layout.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { Naive2011, naiveLengthField } from './naive-2011.ts';

const KEY = 0x37fa213d;
const text = (words: string, more: Partial<Parameters<typeof encodeFrame>[0]> = {}) =>
  encodeFrame({ opcode: OPCODE.text, payload: encodeText(words), maskingKey: KEY, ...more });

test('a right frame of under 64 KiB in one read is dispatched as it should be', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (payload, maskingKey) => {
      const frame = encodeFrame({ opcode: OPCODE.binary, payload, maskingKey });
      expect(new Naive2011().read(frame)).toEqual({ kind: 'dispatches', data: payload, frameBytes: frame.length });
    }),
  );
});

describe('what it does wrong', () => {
  test('a 64-bit length is read as its upper half, and the rest as new frames', () => {
    const naive = new Naive2011();
    const frame = encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(65_536), maskingKey: KEY });
    expect(naive.read(frame.subarray(0, 1024))).toEqual({
      kind: 'dispatches',
      data: new Uint8Array(0),
      frameBytes: 10,
    });
    // The masking-key itself stands next: its first byte is taken for FIN, reserved bits and opcode 7.
    expect(naive.read(frame.subarray(1024, 2048))).toMatchObject({ kind: 'drops', opcode: 0x7 });
  });

  test('two frames in one read: the second waits for the next read', () => {
    const naive = new Naive2011();
    const second = text('second');
    expect(naive.read(Uint8Array.of(...text('first'), ...second))).toMatchObject({ data: 'first' });
    expect(naive.bufferedBytes).toBe(second.length);
    expect(naive.read(new Uint8Array(0))).toMatchObject({ data: 'second' });
  });

  test('an unmasked frame under six bytes stalls, a longer one is taken', () => {
    const waits = { kind: 'waits', bufferedBytes: 4, neededBytes: 6 };
    expect(new Naive2011().read(text('Hi', { maskingKey: undefined }))).toEqual(waits);
    expect(new Naive2011().read(text('Hello', { maskingKey: undefined }))).toMatchObject({ data: 'Hello' });
  });

  test('FIN is not looked at, and a continuation is dropped', () => {
    const naive = new Naive2011();
    expect(naive.read(text('Hel', { fin: false }))).toMatchObject({ kind: 'dispatches', data: 'Hel' });
    expect(naive.read(text('lo', { opcode: OPCODE.continuation }))).toMatchObject({ kind: 'drops', opcode: 0 });
  });

  test('reserved bits and opcodes pass, control frames are not answered', () => {
    expect(new Naive2011().read(text('Hello', { rsv1: true }))).toMatchObject({ data: 'Hello' });
    expect(new Naive2011().read(text('Hello', { opcode: 3 }))).toMatchObject({ kind: 'drops', opcode: 3 });
    expect(new Naive2011().read(text('Hello', { opcode: OPCODE.ping }))).toMatchObject({ kind: 'drops', opcode: 9 });
  });

  test('text that is not UTF-8 raises, and after that nothing is read', () => {
    const naive = new Naive2011();
    const broken = encodeFrame({ opcode: OPCODE.text, payload: Uint8Array.of(0xff), maskingKey: KEY });
    expect(naive.read(broken)).toEqual({ kind: 'raises', frameBytes: broken.length });
    expect(naive.read(text('Hello'))).toMatchObject({ kind: 'waits' });
  });

  test('whatever length a header claims, it waits for it', () => {
    const claim = Uint8Array.of(0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1, 2, 3, 4);
    expect(new Naive2011().read(claim)).toMatchObject({ kind: 'waits', neededBytes: 10 + 0x7fffffff });
  });

  test('of all lengths up to 2^17, it states 65,535 alone in a form that is too long', () => {
    const wrong = Array.from({ length: 2 ** 17 }, (_, length) => length).filter(
      (length) => naiveLengthField(length) !== minimalLengthField(length),
    );
    expect(wrong).toEqual([65_535]);
  });
});

test('no bytes make it throw, and it never holds more than it was given', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (chunks) => {
      const naive = new Naive2011();
      let given = 0;
      for (const chunk of chunks) {
        naive.read(chunk);
        given += chunk.length;
        expect(naive.bufferedBytes).toBeLessThanOrEqual(given);
      }
    }),
  );
});
