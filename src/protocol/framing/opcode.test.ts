import { expect, test } from 'vitest';
import { isControlOpcode, isReservedOpcode, OPCODE, OPCODES } from './opcode.ts';

test('the table holds the sixteen values of four bits, in order', () => {
  expect(OPCODES.map(({ opcode }) => opcode)).toEqual(Array.from({ length: 16 }, (_, opcode) => opcode));
});

test('the registry of RFC 6455 §11.8: six opcodes have a meaning', () => {
  const defined = OPCODES.filter(({ reserved }) => !reserved).map(({ opcode, name }) => [name, opcode]);
  expect(defined).toEqual(Object.entries(OPCODE));
  expect(OPCODE).toEqual({ continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 });
});

test('the functions agree with the table', () => {
  for (const { opcode, kind, reserved } of OPCODES) {
    expect(isControlOpcode(opcode)).toBe(kind === 'control');
    expect(isReservedOpcode(opcode)).toBe(reserved);
  }
});

test('control frames are those with the highest bit set', () => {
  expect(
    OPCODES.filter(({ kind }) => kind === 'control')
      .map(({ opcode }) => opcode.toString(16))
      .join(''),
  ).toBe('89abcdef');
});

test('names are unique', () => {
  expect(new Set(OPCODES.map(({ name }) => name)).size).toBe(OPCODES.length);
});
