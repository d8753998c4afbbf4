import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame } from '../../src/protocol/index.ts';
import { Outbox } from './outbox.ts';

function rangesOf([first = new Uint8Array(), ...others]: readonly Uint8Array<ArrayBuffer>[]) {
  const outbox = new Outbox(first);
  for (const piece of others) outbox.add(piece);
  return outbox.endRange();
}

const places = fc.array(fc.tuple(fc.nat(63), fc.nat(16)), { minLength: 1 });

test('all bytes come out in order, whichever pieces are neighbors in memory', () => {
  fc.assert(
    fc.property(places, (all) => {
      const memory = Uint8Array.from({ length: 80 }, (_, i) => i);
      const pieces = all.map(([start, length]) => memory.subarray(start, start + length));
      expect(Buffer.concat(rangesOf(pieces))).toEqual(Buffer.concat(pieces));
    }),
  );
});

test('frames encoded one after the other are one range', () => {
  const frame = () => encodeFrame({ opcode: 1, payload: new Uint8Array(5) });
  // The first frame may be the last one of its block.
  frame();
  expect(rangesOf(Array.from({ length: 100 }, frame))).toHaveLength(1);
});

test('a single Buffer is passed on unchanged', () => {
  const buffer = Buffer.from('a frame for many sockets');
  expect(rangesOf([buffer])[0]).toBe(buffer);
});
