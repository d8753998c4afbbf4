import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCuts, countCopiedBytes, cutAt, cutEverywhere, hexOf, joined } from '../../../tests/bytes.ts';
import { encodeFrame } from '../framing/frame.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import { MessageAssembler } from './assembler.ts';

interface Whole {
  readonly opcode: number;
  readonly payload: string;
}

function assemble(chunks: readonly Uint8Array[]): Whole[] {
  const reader = new FrameReader();
  const assembler = new MessageAssembler();
  return chunks
    .flatMap((chunk) => reader.push(chunk))
    .flatMap((part) => assembler.push(part) ?? [])
    .map(({ opcode, payload }) => ({ opcode, payload: hexOf(payload) }));
}

const piece = fc.uint8Array({ maxLength: 30 });
const message = fc.record({
  opcode: fc.constantFrom<MessageOpcode[]>(OPCODE.text, OPCODE.binary),
  pieces: fc.array(piece, { minLength: 1, maxLength: 5 }),
  /** A control frame after the fragment of the same index, if there is one. */
  between: fc.array(fc.option(fc.record({ opcode: fc.constantFrom(OPCODE.ping, OPCODE.pong), payload: piece }))),
});

/** A stream of fragmented messages with control frames in between, and what it says, in the order of completion. */
const stream = fc.array(message, { maxLength: 4 }).map((messages) => {
  const frames: Uint8Array[] = [];
  const expected: Whole[] = [];
  for (const { opcode, pieces, between } of messages) {
    pieces.forEach((payload, i) => {
      const fin = i === pieces.length - 1;
      frames.push(
        encodeFrame({ fin, opcode: i === 0 ? opcode : OPCODE.continuation, payload, maskingKey: 0x5a5a0f0f }),
      );
      if (fin) expected.push({ opcode, payload: hexOf(joined(...pieces)) });
      const control = between[i];
      if (!control) return;
      frames.push(encodeFrame({ ...control, maskingKey: 1 }));
      expected.push({ opcode: control.opcode, payload: hexOf(control.payload) });
    });
  }
  return { bytes: joined(...frames), expected };
});

describe('messages come out whole, control frames in between', () => {
  test('for any split into chunks', () => {
    fc.assert(
      fc.property(stream, arbitraryCuts, ({ bytes, expected }, cuts) => {
        expect(assemble(cutAt(bytes, cuts))).toEqual(expected);
      }),
    );
  });

  test('cut after every byte', () => {
    fc.assert(
      fc.property(stream, ({ bytes, expected }) => {
        expect(assemble(cutEverywhere(bytes))).toEqual(expected);
      }),
    );
  });
});

test('an unfragmented message in one chunk is a view of the chunk', () => {
  const chunk = encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(300) });
  const [part] = new FrameReader().push(chunk);
  const whole = part && new MessageAssembler().push(part);
  expect(whole?.payload.buffer).toBe(chunk.buffer);
});

test('a joined message keeps its bytes when the chunks are overwritten', () => {
  const chunks = [
    encodeFrame({ fin: false, opcode: OPCODE.binary, payload: Uint8Array.of(1, 2) }).slice(),
    encodeFrame({ opcode: OPCODE.continuation, payload: Uint8Array.of(3) }).slice(),
  ];
  const reader = new FrameReader();
  const assembler = new MessageAssembler();
  const wholes = chunks.flatMap((chunk) => reader.push(chunk)).map((part) => assembler.push(part));
  for (const chunk of chunks) chunk.fill(0xee);
  expect(wholes.at(-1)?.payload).toEqual(Uint8Array.of(1, 2, 3));
});

test('100,000 one-byte fragments take work in proportion to their number', () => {
  const payload = Uint8Array.of(7);
  const partOf = (fin: boolean, opcode: number) =>
    new FrameReader().push(encodeFrame({ fin, opcode, payload }))[0] ?? expect.unreachable();
  const [first, next, last] = [partOf(false, OPCODE.binary), partOf(false, 0), partOf(true, 0)];
  for (const fragments of [1000, 10_000, 100_000]) {
    const assembler = new MessageAssembler();
    const copied = countCopiedBytes(() => {
      assembler.push(first);
      for (let i = 2; i < fragments; i++) assembler.push(next);
      expect(assembler.push(last)?.payload.length).toBe(fragments);
    });
    expect(copied).toBeGreaterThan(0);
    expect(copied).toBeLessThan(4 * fragments);
  }
});
