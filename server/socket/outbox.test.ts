import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import { giveBackOutbox, Outbox, takeOutbox } from './outbox.ts';

const pieces = fc.array(fc.tuple(fc.nat(63), fc.nat(16)));

test('what was added comes out, in order, whatever lies beside it in memory', () => {
  fc.assert(
    fc.property(pieces, (places) => {
      const memory = Uint8Array.from({ length: 80 }, (_, i) => i);
      const added = places.map(([start, length]) => memory.subarray(start, start + length));
      const outbox = new Outbox();
      for (const piece of added) outbox.add(piece);
      const total = Buffer.concat(added);
      expect(outbox.byteLength).toBe(total.length);
      expect(Buffer.concat(outbox.take())).toEqual(total);
      expect(outbox.byteLength).toBe(0);
      expect(outbox.take()).toEqual([]);
    }),
  );
});

test('frames encoded one after the other are one range', () => {
  const outbox = new Outbox();
  const frame = () => encodeFrame({ opcode: 1, payload: new Uint8Array(5) });
  // The first may be the last of its block.
  frame();
  for (let i = 0; i < 100; i++) outbox.add(frame());
  expect(outbox.take()).toHaveLength(1);
});

test('an outbox that was given back is taken again, and two that are in use are two', () => {
  const first = takeOutbox();
  expect(takeOutbox()).not.toBe(first);
  first.add(new Uint8Array(3));
  first.take();
  giveBackOutbox(first);
  const again = takeOutbox();
  expect(again).toBe(first);
  expect(again.byteLength).toBe(0);
});
