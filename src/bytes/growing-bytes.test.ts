import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, joined } from '../../tests/bytes.ts';
import { GrowingBytes } from './growing-bytes.ts';

const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });

test('returns the appended bytes, in order', () => {
  fc.assert(
    fc.property(pieces, fc.nat(1000), (all, announced) => {
      const bytes = new GrowingBytes();
      for (const piece of all) bytes.append(piece, announced);
      expect(bytes.length).toBe(joined(...all).length);
      expect(hexOf(bytes.peek())).toBe(hexOf(joined(...all)));
      expect(hexOf(bytes.take())).toBe(hexOf(joined(...all)));
    }),
  );
});

test('taken bytes are not overwritten, and the next piece starts a new array', () => {
  const bytes = new GrowingBytes();
  bytes.append(Uint8Array.of(1, 2, 3), 100);
  const taken = bytes.take();
  expect(bytes.length).toBe(0);
  bytes.append(Uint8Array.of(9));
  expect(taken).toEqual(Uint8Array.of(1, 2, 3));
  expect(bytes.take()).toEqual(Uint8Array.of(9));
});

test('its memory depends on the bytes that have arrived, not on those announced', () => {
  const bytes = new GrowingBytes();
  bytes.append(Uint8Array.of(1), 2 ** 50);
  expect(bytes.peek().buffer.byteLength).toBeLessThanOrEqual(16 * 1024);
  bytes.append(new Uint8Array(4095), 2 ** 50);
  expect(bytes.peek().buffer.byteLength).toBeLessThanOrEqual(32 * 4096);
});

test('if the announced bytes come, memory is allocated once', () => {
  const bytes = new GrowingBytes();
  bytes.append(new Uint8Array(10_000), 30_000);
  const { buffer } = bytes.peek();
  for (let i = 0; i < 3; i++) bytes.append(new Uint8Array(10_000), 20_000 - 10_000 * i);
  expect(bytes.take().buffer).toBe(buffer);
  expect(buffer.byteLength).toBe(40_000);
});

test('replaced and discarded arrays are returned to the memory, and the taken one is not', () => {
  const taken = new Set<Uint8Array>();
  const memory = {
    take(byteLength: number) {
      const bytes = new Uint8Array(byteLength);
      taken.add(bytes);
      return bytes;
    },
    keep: (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>,
    done: (bytes: Uint8Array) => taken.delete(bytes),
  };
  const bytes = new GrowingBytes(memory);
  for (let i = 0; i < 5; i++) bytes.append(new Uint8Array(3000));
  expect(taken.size).toBe(1);
  const { buffer } = bytes.take();
  expect([...taken].map((array) => array.buffer)).toEqual([buffer]);
  bytes.append(new Uint8Array(3000));
  expect(taken.size).toBe(2);
  bytes.discard();
  expect(bytes.length).toBe(0);
  expect(taken.size).toBe(1);
});
