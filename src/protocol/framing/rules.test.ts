import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { decodeHeader } from './header.ts';
import { checkHeader, FRAMING_RULES } from './rules.ts';

type Sender = 'client' | 'server';

/** RFC 6455's MUSTs about one header, written a second time from its bits alone. @returns the names of all broken rules */
function brokenRules(firstByte: number, secondByte: number, length: bigint, sender: Sender): string[] {
  const opcode = firstByte % 16;
  const control = [8, 9, 10, 11, 12, 13, 14, 15].includes(opcode);
  const form = secondByte % 128;
  const broken: [boolean, string][] = [
    [Math.floor(firstByte / 64) % 2 === 1, 'rsv1-set'],
    [Math.floor(firstByte / 32) % 2 === 1, 'rsv2-set'],
    [Math.floor(firstByte / 16) % 2 === 1, 'rsv3-set'],
    [[3, 4, 5, 6, 7].includes(opcode), 'reserved-data-opcode'],
    [[11, 12, 13, 14, 15].includes(opcode), 'reserved-control-opcode'],
    [control && firstByte < 128, 'fragmented-control-frame'],
    [sender === 'client' && secondByte < 128, 'unmasked-client-frame'],
    [sender === 'server' && secondByte >= 128, 'masked-server-frame'],
    [form >= 126 && length < 126n, 'length-not-minimal-7'],
    [form === 127 && length >= 126n && length < 65_536n, 'length-not-minimal-16'],
    [length >= 2n ** 63n, 'length-top-bit-set'],
    [control && length > 125n, 'control-frame-too-long'],
  ];
  return broken.filter(([isBroken]) => isBroken).map(([, name]) => name);
}

const LENGTHS_IN_16_BITS = [0n, 125n, 126n, 65_535n];
const LENGTHS_IN_64_BITS = [...LENGTHS_IN_16_BITS, 65_536n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];

/** The lengths to try with a second byte, and the extended length bytes that state them. */
function lengthsFor(secondByte: number): { length: bigint; extension: string }[] {
  const field = secondByte % 128;
  if (field < 126) return [{ length: BigInt(field), extension: '' }];
  const [lengths, digits] = field === 126 ? [LENGTHS_IN_16_BITS, 4] : [LENGTHS_IN_64_BITS, 16];
  return lengths.map((length) => ({ length, extension: length.toString(16).padStart(digits, '0') }));
}

describe.each<Sender>(['client', 'server'])('every header that a %s can send', (sender) => {
  test('is refused exactly if it breaks a MUST, and for a rule that it breaks', () => {
    const met = new Set<string>();
    for (let secondByte = 0; secondByte < 256; secondByte++) {
      for (const { length, extension } of lengthsFor(secondByte)) {
        const bytes = bytesOf(`00${secondByte.toString(16).padStart(2, '0')}${extension}00000000`);
        for (let firstByte = 0; firstByte < 256; firstByte++) {
          bytes[0] = firstByte;
          const header = decodeHeader(bytes) ?? expect.unreachable();
          const rule = checkHeader(header, { sender })?.rule;
          const broken = brokenRules(firstByte, secondByte, length, sender);
          if (rule === undefined ? broken.length > 0 : !broken.includes(rule)) {
            expect.fail(`${firstByte.toString(16)} ${secondByte.toString(16)} ${extension}: ${rule}, not ${broken}`);
          }
          if (rule !== undefined) met.add(rule);
        }
      }
    }
    const possible = Object.values(FRAMING_RULES).filter(
      ({ brokenBy }) => brokenBy === 'either' || brokenBy === sender,
    );
    expect([...met].sort()).toEqual(possible.map(({ name }) => name).sort());
  });
});

test('of several rules, the first in wire order is named', () => {
  const ruleOf = (hex: string) =>
    checkHeader(decodeHeader(bytesOf(hex)) ?? expect.unreachable(), { sender: 'client' })?.rule;
  expect(ruleOf('7b7e0001')).toBe('rsv1-set');
  expect(ruleOf('3b7e0001')).toBe('rsv2-set');
  expect(ruleOf('1b7e0001')).toBe('rsv3-set');
  expect(ruleOf('0b7e0001')).toBe('reserved-control-opcode');
  expect(ruleOf('097e0001')).toBe('fragmented-control-frame');
  expect(ruleOf('897e0001')).toBe('unmasked-client-frame');
  expect(ruleOf('89fe000100000000')).toBe('length-not-minimal-7');
  expect(ruleOf('89fe007e00000000')).toBe('control-frame-too-long');
});

test('the byte range is the wrong byte, and for a length all bytes that state it', () => {
  const rangeOf = (hex: string) => {
    const violation = checkHeader(decodeHeader(bytesOf(hex)) ?? expect.unreachable(), { sender: 'client' });
    return [violation?.start, violation?.end];
  };
  expect(rangeOf('c18000000000')).toEqual([0, 1]);
  expect(rangeOf('8100')).toEqual([1, 2]);
  expect(rangeOf('81fe000100000000')).toEqual([1, 4]);
  expect(rangeOf('81ff000000000000000100000000')).toEqual([1, 10]);
});
