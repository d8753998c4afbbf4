import { describe, expect, test } from 'vitest';
import { bytesOfHex } from '../../bytes/hex.ts';
import { decodeHeader, type FrameHeader } from '../../protocol/framing/header.ts';
import {
  meaningOfExtendedLength,
  meaningOfFin,
  meaningOfLengthField,
  meaningOfMaskingKey,
  meaningOfOpcode,
  meaningOfPayload,
} from './field-meaning.ts';

const headerOf = (hex: string) => decodeHeader(bytesOfHex(hex)) as FrameHeader;

describe('FIN', () => {
  test.each([
    ['8100', 'the whole message is in this frame'],
    ['0100', 'more fragments of this message follow'],
    ['8000', 'the last fragment of its message'],
    ['0000', 'more fragments of this message follow'],
    ['8900', 'the control frame is complete'],
    ['0900', 'a fragment, but a control frame must not be fragmented'],
  ])('in %s: %s', (hex, meaning) => {
    expect(meaningOfFin(headerOf(hex))).toBe(meaning);
  });
});

test('each of the 16 opcodes has a meaning of its own, but for the two kinds that are reserved', () => {
  const meanings = Array.from({ length: 16 }, (_, opcode) => meaningOfOpcode(opcode).replace(/^[^:]*: /, ''));
  expect(new Set(meanings).size).toBe(8);
  expect(meanings[3]).toContain('must not be sent without an extension');
  expect(meanings[11]).toContain('must not be sent without an extension');
  expect(meanings[3]).not.toBe(meanings[11]);
});

test('the length field is a length up to 125, and then names the form', () => {
  expect(meaningOfLengthField(0)).toBe('the payload has 0 bytes');
  expect(meaningOfLengthField(1)).toBe('the payload has 1 byte');
  expect(meaningOfLengthField(125)).toBe('the payload has 125 bytes');
  expect(meaningOfLengthField(126)).toContain('16 bits');
  expect(meaningOfLengthField(127)).toContain('64 bits');
});

test.each([
  ['827e007e', 126n, 'the payload has 126 bytes'],
  ['827e007d', 125n, 'the payload has 125 bytes, which fits into the 7 bits of a shorter form'],
  ['827f000000000000ffff', 65_535n, 'the payload has 65,535 bytes, which fits into the 16 bits of a shorter form'],
  ['827f0000000000010000', 65_536n, 'the payload has 65,536 bytes'],
  ['827f8000000000000000', 2n ** 63n, 'but the most significant bit must be 0'],
])('the extended length of %s', (hex, exact, meaning) => {
  const said = meaningOfExtendedLength(headerOf(hex), exact);
  if (meaning.startsWith('the')) expect(said).toBe(meaning);
  else expect(said).toContain(meaning);
});

test('a key of zeros changes nothing, and says so', () => {
  expect(meaningOfMaskingKey(headerOf('818000000000'))).toContain('changes nothing');
  expect(meaningOfMaskingKey(headerOf('818000000001'))).toContain('i mod 4');
});

test.each([
  ['8105', '', '5 bytes of text'],
  ['8285', '', '5 bytes of payload, masked'],
  ['8802', '03e8', '2 bytes: status code 1000, '],
  // 03e8 masked with 37fa213d.
  ['888237fa213d', '3412', '2 bytes, masked: status code 1000, '],
  // A close frame whose status code has not arrived has none to show.
  ['8802', '03', '2 bytes of payload'],
])('the payload of %s, of which %s arrived', (header, payload, meaning) => {
  expect(meaningOfPayload(headerOf(header.padEnd(12, '0')), bytesOfHex(payload))).toMatch(
    new RegExp(`^${meaning}${meaning.endsWith(' ') ? '\\S' : '$'}`),
  );
});
