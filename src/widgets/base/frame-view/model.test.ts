import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dumpFrame } from '../../../inspector/frame/frame-dump.ts';
import { encodeFrame } from '../../../protocol/framing/frame.ts';
import { bitRows } from './bit-rows.ts';
import { fieldRows } from './field-rows.ts';
import { hexRows } from './hex-rows.ts';
import { type FrameAction, initialFrameState, keptNote, litFields, litRange, markOf, reduceFrame } from './model.ts';
import type { Step } from './moves.ts';
import { openFrame } from './open-frame.ts';
import { describeRange, violationNote } from './sentence.ts';
import { unmaskingRows } from './unmasking.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const HELLO = dumpFrame(bytesOf('818537fa213d7f9f4d5158'));

const frames = fc
  .record({
    fin: fc.boolean(),
    rsv1: fc.boolean(),
    opcode: fc.integer({ min: 0, max: 15 }),
    payload: fc.uint8Array({ maxLength: 300 }),
    maskingKey: fc.option(fc.nat(0xffffffff), { nil: undefined }),
  })
  .map((frame) => dumpFrame(encodeFrame(frame)));

const steps: Step[] = ['next', 'previous', 'down', 'up', 'rowStart', 'rowEnd', 'first', 'last'];
const actions: fc.Arbitrary<FrameAction> = fc.oneof(
  fc.record({
    type: fc.constant('move' as const),
    unit: fc.constantFrom('bit' as const, 'byte' as const, 'field' as const),
    step: fc.constantFrom(...steps),
    rowBytes: fc.constantFrom(4, 8, 16),
    extend: fc.boolean(),
  }),
  fc.constantFrom<FrameAction>({ type: 'pin' }, { type: 'clear' }, { type: 'showMore' }, { type: 'toggleExtending' }),
);

test('whatever keys are pressed, the selection stays inside the frame and holds at least a bit', () => {
  fc.assert(
    fc.property(frames, fc.array(actions, { maxLength: 40 }), (dump, pressed) => {
      const state = pressed.reduce(reduceFrame, initialFrameState(dump));
      const ranges = [state.focus, state.anchor, litRange(state), litFields(state)];
      for (const range of ranges) {
        if (range === undefined) continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThan(range.start);
        expect(range.end).toBeLessThanOrEqual(dump.byteLength * 8);
      }
    }),
  );
});

test("every bit of the grid stands in one segment, whose field holds it, and in the frame's order", () => {
  fc.assert(
    fc.property(frames, (dump) => {
      const frame = openFrame(dump);
      const rows = bitRows(frame, frame.bytes.length);
      const bits = rows.flatMap((row) =>
        row.segments.flatMap(({ field, bits }) => {
          for (const { bit } of bits) expect(bit >= field.bit && bit < field.bit + field.bits).toBe(true);
          return bits;
        }),
      );
      expect(bits.map(({ bit }) => bit)).toEqual(Array.from({ length: dump.byteLength * 8 }, (_, bit) => bit));
      expect(rows.every((row) => row.segments.flatMap((segment) => segment.bits).length <= 32)).toBe(true);
      const hex = hexRows(frame, frame.bytes.length).flat();
      expect(hex.map((byte) => byte.hex).join('')).toBe(dump.hex);
    }),
  );
});

test('each column of the unmasking is masked XOR key = payload', () => {
  fc.assert(
    fc.property(frames, (dump) => {
      const frame = openFrame(dump);
      const bytes = unmaskingRows(frame, frame.bytes.length).flatMap((row) => row.bytes);
      for (const { onTheWire, key, payload } of bytes) {
        const keyByte = key === undefined ? 0 : Number.parseInt(key.hex, 16);
        expect(Number.parseInt(onTheWire, 16) ^ keyByte).toBe(Number.parseInt(payload, 16));
      }
      expect(bytes.map((byte) => byte.payload).join('')).toBe(dump.payload.hex);
    }),
  );
});

describe('selecting', () => {
  const start = initialFrameState(HELLO);
  const move = (step: Step, unit: 'bit' | 'byte' | 'field' = 'byte', extend = false): FrameAction => ({
    type: 'move',
    unit,
    step,
    rowBytes: 8,
    extend,
  });

  test('an arrow moves by one, Shift extends from where it began', () => {
    const moved = [move('next'), move('next'), move('next', 'byte', true)].reduce(reduceFrame, start);
    expect(litRange(moved)).toEqual({ start: 16, end: 32 });
  });

  test('a move by field takes the whole field', () => {
    const moved = [move('last', 'field'), move('previous', 'field')].reduce(reduceFrame, start);
    expect(litRange(moved)).toEqual({ start: 16, end: 48 });
  });

  test('a pinned selection outlasts the mouse, an unpinned one gives way to it', () => {
    const cell = { start: 0, end: 8 };
    const over: FrameAction = { type: 'hover', cell: { start: 16, end: 24 } };
    const pinned = [{ type: 'pick', cell, extend: false } as const, over].reduce(reduceFrame, start);
    expect(litRange(pinned)).toEqual(cell);
    expect(litRange(reduceFrame(reduceFrame(start, move('next')), over))).toEqual({ start: 16, end: 24 });
    expect(litRange(reduceFrame(pinned, { type: 'pick', cell, extend: false }))).toBeUndefined();
  });

  test('touch extends with a switch in place of Shift', () => {
    const first = reduceFrame(start, { type: 'pick', cell: { start: 0, end: 8 }, extend: false });
    const on = reduceFrame(first, { type: 'toggleExtending' });
    const extended = reduceFrame(on, { type: 'pick', cell: { start: 16, end: 24 }, extend: false });
    expect(litRange(extended)).toEqual({ start: 0, end: 24 });
    expect(extended.extending).toBe(false);
  });

  test('the field around what is picked is lit faintly', () => {
    const picked = reduceFrame(start, { type: 'pick', cell: { start: 16, end: 24 }, extend: false });
    const [lit, fields] = [litRange(picked), litFields(picked)];
    expect(markOf({ start: 16, end: 17 }, lit, fields)).toBe('lit');
    expect(markOf({ start: 40, end: 48 }, lit, fields)).toBe('field');
    expect(markOf({ start: 48, end: 56 }, lit, fields)).toBeUndefined();
  });
});

describe('the sentence', () => {
  const frame = openFrame(HELLO);
  test.each([
    [0, 8, 'byte 1 of 11, hex 81: FIN 1, opcode 1, text'],
    [8, 16, 'byte 2 of 11, hex 85: MASK 1, payload length 5'],
    [16, 24, 'byte 3 of 11, hex 37: masking-key, byte 1 of 4'],
    [48, 56, 'byte 7 of 11, hex 7f: payload data, byte 1 of 5, unmasked 48, “H”'],
    [0, 1, 'bit 1 of byte 1 of 11: FIN 1, the whole message is in this frame'],
    [64, 80, 'bytes 9 to 10 of 11, hex 4d 51: in payload data, “ll”'],
    [0, 16, 'bytes 1 to 2 of 11, hex 81 85: FIN, RSV1, RSV2, RSV3, opcode, MASK, payload length'],
    [13, 14, 'bit 6 of byte 2 of 11: in payload length'],
    [16, 17, 'bit 1 of byte 3 of 11: in masking-key'],
    [48, 49, 'bit 1 of byte 7 of 11: in payload data, “H”'],
  ])('of bits %i to %i', (from, to, sentence) => {
    expect(describeRange(frame, { start: from, end: to })).toBe(sentence);
  });
});

describe('a broken rule', () => {
  const marked = (hex: string, rule: string, start: number, end: number) => {
    const violations = [{ rule, section: '5.2', statusCode: 1002, start, end }] as const;
    return openFrame(dumpFrame(bytesOf(hex), { violations }));
  };
  const markedBits = (frame: ReturnType<typeof openFrame>) =>
    bitRows(frame, frame.bytes.length).flatMap((row) =>
      row.segments.flatMap((segment) => segment.bits.filter(({ violated }) => violated).map(({ bit }) => bit)),
    );

  test('marks the bits of its own field, and no neighbor in the same byte', () => {
    const frame = marked('c18537fa213d7f9f4d5158', 'rsv1-set', 0, 1);
    expect(markedBits(frame)).toEqual([1]);
    const rows = fieldRows(frame).filter(({ violated }) => violated);
    expect(rows.map(({ field }) => field.name)).toEqual(['RSV1']);
    expect(
      hexRows(frame, 11)
        .flat()
        .filter(({ violated }) => violated),
    ).toHaveLength(1);
  });

  test('marks only the bytes of the payload that break it', () => {
    expect(markedBits(marked('810348ff69', 'text-not-utf8', 3, 4))).toEqual([24, 25, 26, 27, 28, 29, 30, 31]);
  });

  test('marks all of its bytes if the frame was cut off before its field', () => {
    expect(markedBits(marked('81', 'close-body-of-one-byte', 0, 1))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('is named with its field and its byte, and picks that field', () => {
    const frame = marked('c18537fa213d7f9f4d5158', 'rsv1-set', 0, 1);
    const [violation] = frame.dump.violations;
    expect(violation && violationNote(frame, violation)).toMatchObject({
      range: { start: 1, end: 2 },
      where: 'RSV1, in byte 1 of 11',
    });
  });
});

test('a character of two bytes stands over both, a reason after the two bytes of its status code', () => {
  const frame = openFrame(dumpFrame(bytesOf('880503e868c3a9')));
  const characters = unmaskingRows(frame, frame.bytes.length).flatMap((row) => row.characters);
  expect(characters).toEqual([
    { text: 'h', escaped: false, start: 4, end: 5 },
    { text: 'é', escaped: false, start: 5, end: 7 },
  ]);
});

test('a long payload is shown in part until more is asked for', () => {
  const long = initialFrameState(dumpFrame(encodeFrame({ opcode: 2, payload: new Uint8Array(1000) })));
  expect(long.shownBytes).toBe(32);
  expect(reduceFrame(long, { type: 'showMore' }).shownBytes).toBe(128);
});

test('what there is of a long frame is shown, and that it is cut is said', () => {
  expect(keptNote(initialFrameState(HELLO))).toBeUndefined();
  const long = dumpFrame(encodeFrame({ opcode: 2, payload: new Uint8Array(70_000) }));
  expect(keptNote(initialFrameState(long))).toBe(
    'Only the first 65,536 bytes of this frame are here, and a copy has only those. The frame has 70,010 bytes.',
  );
});
