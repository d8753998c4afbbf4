import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameColumns, type NewRow } from './frame-columns.ts';

const newRow: fc.Arbitrary<NewRow> = fc.record({
  direction: fc.constantFrom('in', 'out'),
  timeMs: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined }),
  offset: fc.nat(2 ** 50),
  bytes: fc.uint8Array({ maxLength: 3000 }),
  payloadLength: fc.nat(2 ** 52),
});

test('every row comes back as it was added, however many there are', () => {
  fc.assert(
    fc.property(fc.array(newRow, { maxLength: 200 }), (rows) => {
      const columns = new FrameColumns();
      for (const row of rows) columns.add(row);
      expect(columns).toHaveLength(rows.length);
      for (const [i, { direction, timeMs, offset, bytes, payloadLength }] of rows.entries()) {
        expect(columns.directionOf(i)).toBe(direction);
        expect(columns.timeMsOf(i)).toBe(timeMs);
        expect(columns.offsetOf(i)).toBe(offset);
        expect(columns.payloadLengthOf(i)).toBe(payloadLength);
        expect(columns.firstByteOf(i)).toBe(bytes[0] ?? 0);
        expect([...columns.bytesOf(i)]).toEqual([...bytes]);
      }
    }),
    { numRuns: 50 },
  );
});

test('the bytes that were added may change afterwards', () => {
  const bytes = Uint8Array.of(0x81, 1, 2);
  const columns = new FrameColumns();
  columns.add({ direction: 'in', timeMs: 1, offset: 0, bytes, payloadLength: 1 });
  bytes.fill(0);
  expect([...columns.bytesOf(0)]).toEqual([0x81, 1, 2]);
});

test('100,000 rows take little more memory than their bytes and 38 bytes for each', () => {
  const columns = new FrameColumns();
  const bytes = new Uint8Array(70);
  for (let i = 0; i < 100_000; i++) columns.add({ direction: 'in', timeMs: i, offset: i, bytes, payloadLength: 64 });
  expect(columns.heldBytes).toBeLessThan(2 * 100_000 * (70 + 38));
});
