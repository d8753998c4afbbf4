import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageMemory } from './message-memory.ts';

const LENGTHS = [10, 5000, 16 * 1024, 20_000, 40_000, 70_000];

test('bytes in use are not overwritten, whatever else is taken and done', () => {
  const step = fc.record({ act: fc.constantFrom('take', 'keep', 'done', 'done'), which: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const memory = new MessageMemory();
      const held: { bytes: Uint8Array; mark: number; users: number }[] = [];
      for (const [i, { act, which }] of steps.entries()) {
        const chosen = held[which % Math.max(held.length, 1)];
        if (act === 'take' || chosen === undefined) {
          const bytes = memory.take(LENGTHS[which % LENGTHS.length] as number).fill(i);
          held.push({ bytes, mark: i, users: 1 });
        } else if (act === 'keep') {
          // Keeping a part keeps the whole array.
          memory.keep(chosen.bytes.subarray(1));
          chosen.users++;
        } else {
          memory.done(chosen.bytes);
          chosen.users--;
          if (chosen.users === 0) held.splice(held.indexOf(chosen), 1);
        }
        for (const { bytes, mark } of held) {
          if (bytes.some((byte) => byte !== mark)) expect.fail(`what step ${mark} took was written over by step ${i}`);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('an array that is no longer needed is reused, for the same length or somewhat less', () => {
  const memory = new MessageMemory();
  const first = memory.take(40_000);
  memory.keep(first);
  memory.done(first);
  expect(memory.take(40_000).buffer).not.toBe(first.buffer);
  memory.done(first);
  expect(memory.take(19_999).buffer).not.toBe(first.buffer);
  expect(memory.take(40_001).buffer).not.toBe(first.buffer);
  const again = memory.take(20_000);
  expect(again.buffer).toBe(first.buffer);
  expect(again).toHaveLength(20_000);
});

test('an array is not handed out twice, even if done is called twice, or for bytes never taken here', () => {
  const memory = new MessageMemory();
  const bytes = memory.take(20_000);
  memory.done(bytes);
  memory.done(bytes);
  memory.done(new Uint8Array(20_000));
  expect(memory.take(20_000).buffer).toBe(bytes.buffer);
  expect(memory.take(20_000).buffer).not.toBe(bytes.buffer);
});

test('no more than 8 MiB wait to be reused', () => {
  const memory = new MessageMemory();
  const take = () => Array.from({ length: 20 }, () => memory.take(1024 * 1024));
  const taken = take();
  for (const bytes of taken) memory.done(bytes);
  const buffers = new Set(taken.map(({ buffer }) => buffer));
  expect(take().filter(({ buffer }) => buffers.has(buffer))).toHaveLength(8);
});

test('arrays of a length that is no longer asked for are dropped', () => {
  const memory = new MessageMemory();
  const burst = Array.from({ length: 600 }, () => memory.take(17_000));
  for (const bytes of burst) memory.done(bytes);
  const long = memory.take(1024 * 1024);
  memory.done(long);
  expect(memory.take(1024 * 1024).buffer).toBe(long.buffer);
  const longer = memory.take(9 * 1024 * 1024);
  memory.done(longer);
  expect(memory.take(9 * 1024 * 1024).buffer).not.toBe(longer.buffer);
});

test('bytes in memory that will be overwritten are kept as a copy', () => {
  const reads = new Uint8Array(64 * 1024).fill(7);
  const memory = new MessageMemory(reads.buffer);
  const kept = memory.keep(reads.subarray(100, 30_100));
  reads.fill(8);
  expect(kept).toEqual(new Uint8Array(30_000).fill(7));
  const other = new Uint8Array(20_000);
  expect(memory.keep(other)).toBe(other);
});
