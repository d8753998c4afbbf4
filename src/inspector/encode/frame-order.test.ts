import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { encodeText } from '../../text/utf8.ts';
import { encodeOrder, isProblem, parseOrder } from './frame-order.ts';

const KEY = 0x37fa213d;
const encode = (text: string, sender: 'client' | 'server' = 'server') => {
  const order = parseOrder(text, (path) => (path === 'a b' ? encodeText('file') : undefined));
  return isProblem(order) ? order.problem : formatHex(encodeOrder(order, { sender, nextMaskingKey: () => KEY }));
};

test.each([
  ['text "Hi"', '81024869'],
  ['text Hi', '81024869'],
  ['text Hi you', '8106486920796f75'],
  ['text', '8100'],
  ['text "\\u00e4\\n"', '8103c3a40a'],
  ['text "ab"*3', '8106616261626162'],
  ['text hex:ff', '8101ff'],
  ['binary 00ff', '820200ff'],
  ['ping 6869', '89026869'],
  ['pong "hi"', '8a026869'],
  ['close', '8800'],
  ['close 1000', '880203e8'],
  ['close 1000 bye', '880503e8627965'],
  ['close 1000 "so long"', '880903e8736f206c6f6e67'],
  ['close hex:03', '880103'],
  ['continuation fin=0 hex:00', '000100'],
  ['frame opcode=3 rsv1 mask=0 hex:00ff', 'c30200ff'],
  ['frame opcode=b rsv2 rsv3=1', 'bb00'],
  ['text fin=0 "Hi"', '01024869'],
  ['text form=16 "Hi"', '817e00024869'],
  ['text form=64 "Hi"', '817f00000000000000024869'],
  ['text length=9 "Hi"', '81094869'],
  ['text mask=37fa213d "Hello"', '818537fa213d7f9f4d5158'],
  ['text file:"a b"', '810466696c65'],
  ['raw hex:8100', '8100'],
  ['raw "GET / "', '474554202f20'],
])('%s from a server is %s', (order, hex) => {
  expect(encode(order)).toBe(hex);
});

test('a client masks, unless the order says otherwise', () => {
  expect(encode('text "Hello"', 'client')).toBe('818537fa213d7f9f4d5158');
  expect(encode('text mask=0 "Hello"', 'client')).toBe('810548656c6c6f');
});

describe('what is wrong is said', () => {
  test.each([
    ['', 'The order is empty.'],
    ['hello', 'Unknown order "hello".'],
    ['text "Hi', 'A quote is not closed.'],
    ['ping hi', '"hi" is not hex'],
    ['frame hex:00', 'A frame needs an opcode'],
    ['frame opcode=16', 'opcode=16: give a number from 0 to 15.'],
    ['text mask=12', 'mask=12: give the key as 8 hex digits'],
    ['text form=8', 'form=8: give 7, 16 or 64.'],
    ['text form=7 "x"*126', 'form=7 states lengths up to 125, and this one is 126.'],
    ['text rsv1=2', 'rsv1=2: give 0 or 1.'],
    ['binary opcode', 'opcode needs a value, such as opcode=3.'],
    ['binary file:nowhere', 'The file "nowhere" cannot be read.'],
    ['text "\\x"', 'has an escape that JSON does not know'],
    ['text "xxxxxxxx"*99999999', 'is longer than 64 MiB'],
  ])('%s', (order, problem) => {
    expect(encode(order)).toContain(problem);
  });
});

test('whatever a header says is encoded as it was ordered', () => {
  const bits = fc.record({ fin: fc.nat(1), rsv1: fc.nat(1), rsv2: fc.nat(1), rsv3: fc.nat(1) });
  const form = fc.constantFrom(7, 16, 64);
  fc.assert(
    fc.property(bits, fc.nat(15), form, fc.nat(125), fc.option(fc.nat(0xffff_ffff)), (flags, opcode, size, n, key) => {
      const words = Object.entries(flags).map(([name, value]) => `${name}=${value}`);
      const mask = key === null ? 'mask=0' : `mask=${key.toString(16).padStart(8, '0')}`;
      const order = parseOrder(`frame opcode=${opcode} ${words.join(' ')} ${mask} form=${size} length=${n}`);
      if (isProblem(order)) throw new Error(order.problem);
      expect(decodeHeader(encodeOrder(order, { sender: 'client', nextMaskingKey: () => 0 }))).toMatchObject({
        ...{ fin: flags.fin === 1, rsv1: flags.rsv1 === 1, rsv2: flags.rsv2 === 1, rsv3: flags.rsv3 === 1 },
        ...{ opcode, payloadLength: n, masked: key !== null, maskingKey: key ?? 0 },
        lengthField: size === 7 ? n : size === 16 ? 126 : 127,
      });
    }),
  );
});
