import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageMemory } from './message-memory.ts';
import { SendMemory } from './send-memory.ts';

const lengths = fc.oneof(
  fc.nat(300),
  fc.integer({ min: 15_000, max: 20_000 }),
  fc.integer({ min: 65_530, max: 65_540 }),
);
const step = fc.record({
  byteLength: lengths,
  /** Whether this array, and all waiting arrays before it, are sent now. */
  sent: fc.boolean(),
});

test('bytes that wait to be sent do not change, whatever else is sent', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const memory = new SendMemory();
      let waiting: { bytes: Uint8Array; mark: number }[] = [];
      for (const [i, { byteLength, sent }] of steps.entries()) {
        const bytes = memory.take(byteLength).fill(i);
        expect(bytes).toHaveLength(byteLength);
        waiting.push({ bytes, mark: i });
        for (const { bytes: piece, mark } of waiting) {
          if (piece.some((byte) => byte !== mark)) expect.fail(`step ${i} wrote over what step ${mark} took`);
        }
        if (!sent) continue;
        for (const { bytes: piece } of waiting) memory.done(piece);
        waiting = [];
      }
    }),
  );
});

test('memory is reused when all bytes in it are sent, and not before', () => {
  const memory = new SendMemory();
  const [first, second] = [memory.take(102), memory.take(102)];
  memory.done(first);
  expect(memory.take(102).byteOffset).toBe(204);
  // Neighbors are sent as one range.
  memory.done(new Uint8Array(second.buffer, second.byteOffset, 204));
  const again = memory.take(102);
  expect([again.byteOffset, again.buffer]).toEqual([0, first.buffer]);
});

test('kept bytes delay the reuse like taken ones', () => {
  const memory = new SendMemory();
  const bytes = memory.take(100);
  expect(memory.keep(bytes)).toBe(bytes);
  memory.done(bytes);
  expect(memory.take(1).byteOffset).toBe(100);
});

test('bytes of an earlier block make no difference', () => {
  const memory = new SendMemory();
  const first = memory.take(15_000);
  let last = first;
  while (last.buffer === first.buffer) last = memory.take(15_000);
  memory.done(first);
  expect(memory.take(1).byteOffset).toBe(last.byteOffset + last.length);
});

test('calls for all other bytes go to the other memory', () => {
  const messages = new MessageMemory();
  const memory = new SendMemory(messages);
  const long = messages.take(40_000);
  memory.keep(long);
  memory.done(long);
  expect(messages.take(40_000).buffer).not.toBe(long.buffer);
  memory.done(long);
  expect(messages.take(40_000).buffer).toBe(long.buffer);
});
