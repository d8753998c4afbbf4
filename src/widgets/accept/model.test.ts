import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Groups } from './base64-groups.ts';
import {
  type AcceptCell,
  cellAfterKey,
  describeBits,
  initialAcceptState,
  presentAccept,
  rangeOf,
  reduceAccept,
} from './model.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

test('the groups tile bytes, bits and characters, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const encoded = Buffer.from(bytes).toString('base64');
      const groups = base64Groups(bytes, encoded);
      expect(groups.flatMap((group) => group.bytes.map(({ index }) => index))).toEqual([...bytes.keys()]);
      const bits = groups.flatMap((group) => group.bits).filter(({ filling }) => !filling);
      expect(bits.map(({ bit }) => bit)).toEqual(Array.from({ length: bytes.length * 8 }, (_, bit) => bit));
      const characters = groups.flatMap((group) => group.characters);
      expect(characters.map(({ character }) => character).join('')).toBe(encoded);
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
      for (const { character, value } of characters)
        expect(value === undefined ? '=' : alphabet[value]).toBe(character);
    }),
  );
});

test('the RFC’s key leads to the RFC’s accept', () => {
  const view = presentAccept(KEY);
  expect(view).toMatchObject({ problem: undefined, accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', hashedLength: 60 });
  expect(view.command).toBe(`printf '%s' '${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11' | openssl sha1 -binary | base64`);
});

test('a bad key is named, and hashed all the same', () => {
  const { problem, accept } = presentAccept('dGhlIHNhb_BsZSBub25jZQ==');
  expect(problem).toMatchObject({ reason: 'url-safe-alphabet', start: 9, end: 10 });
  expect(accept).toHaveLength(28);
});

test('a whole header line that is pasted leaves its key in the field', () => {
  const state = reduceAccept(initialAcceptState(''), { type: 'type', typed: `Sec-WebSocket-Key: ${KEY}` });
  expect(state.typed).toBe(KEY);
  expect(presentAccept(state.typed).problem).toBeUndefined();
  expect(reduceAccept(state, { type: 'type', typed: `  sec-websocket-key:${KEY}` }).typed).toBe(KEY);
});

test('an apostrophe does not end the command', () => {
  expect(presentAccept("it's").command).toContain("'it'\\''s258EAFA5");
});

test('whatever keys are pressed, the cell stays within bytes and characters', () => {
  const keys = fc.constantFrom('ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'x');
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 60 }), (pressed) => {
      const cell = pressed.reduce(cellAfterKey, { kind: 'byte', index: 0 } as AcceptCell);
      const { start, end } = rangeOf(cell);
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(160);
    }),
  );
});

describe('selecting', () => {
  const start = initialAcceptState(KEY);
  test('a byte lights the characters that its bits are in', () => {
    const picked = reduceAccept(start, { type: 'pick', cell: { kind: 'byte', index: 1 } });
    expect(picked.picked && describeBits(presentAccept(KEY), picked.picked)).toBe(
      'byte 2 of 20, hex 7a: in characters 2 to 3, 3 (55), p (41)',
    );
    expect(reduceAccept(picked, { type: 'pick', cell: { kind: 'byte', index: 1 } }).picked).toBeUndefined();
  });

  test('down goes from a byte to its first character, up goes back', () => {
    const down = reduceAccept(start, { type: 'move', key: 'ArrowDown' });
    expect(down.focus).toEqual({ kind: 'character', index: 0 });
    expect(reduceAccept(down, { type: 'move', key: 'ArrowUp' }).focus).toEqual({ kind: 'byte', index: 0 });
  });
});
