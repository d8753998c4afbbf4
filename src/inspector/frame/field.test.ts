import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFrame, arbitraryHeader } from '../../../tests/arbitrary-frames.ts';
import { bytesOf, hexOf } from '../../../tests/bytes.ts';
import { FIELD_NAMES } from '../../protocol/field-name.ts';
import { decodeHeader, type FrameHeader } from '../../protocol/framing/header.ts';
import { fieldsOfCutHeader } from './cut-header.ts';
import { type Field, fieldNamed, fieldsOf } from './field.ts';

const fieldsOfHex = (hex: string) => fieldsOf(decodeHeader(bytesOf(hex)) as FrameHeader, bytesOf(hex));

/** Each field begins where the one before ends; returns where the last one ends. */
function tile(fields: readonly Field[]): number {
  let bit = 0;
  for (const field of fields) {
    expect(field.bit).toBe(bit);
    expect(field.bits).toBeGreaterThan(0);
    bit += field.bits;
  }
  return bit;
}

describe('fieldsOf', () => {
  it('tiles every frame from its first bit to its last, in wire order', () => {
    fc.assert(
      fc.property(arbitraryFrame, (bytes) => {
        const fields = fieldsOf(decodeHeader(bytes) as FrameHeader, bytes);
        expect(tile(fields)).toBe(8 * bytes.length);
        const places = fields.map(({ name }) => FIELD_NAMES.indexOf(name));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      }),
    );
  });

  it('says exactly what the bytes say: its values put together are the frame', () => {
    fc.assert(
      fc.property(arbitraryFrame, (bytes) => {
        const bits = fieldsOf(decodeHeader(bytes) as FrameHeader, bytes).map(({ name, value, bits: width }) => {
          const isHex = name === 'masking-key' || name === 'payload data';
          const number = isHex ? BigInt(`0x${value}`) : BigInt(value);
          return number.toString(2).padStart(width, '0');
        });
        expect(BigInt(`0b${bits.join('')}`)).toBe(BigInt(`0x${hexOf(bytes)}`));
      }),
    );
  });

  it('gives every header a length that is exact, whatever its form', () => {
    fc.assert(
      fc.property(arbitraryHeader, (bytes) => {
        const header = decodeHeader(bytes) as FrameHeader;
        const extended = fieldNamed(fieldsOf(header, bytes), 'extended payload length');
        expect(extended === undefined).toBe(header.lengthField < 126);
        if (extended === undefined) return;
        const start = extended.bit / 8;
        const digits = hexOf(bytes.subarray(start, start + extended.bits / 8));
        expect(BigInt(extended.value)).toBe(BigInt(`0x${digits}`));
        expect(typeof extended.value).toBe(BigInt(`0x${digits}`) <= 2n ** 53n ? 'number' : 'string');
      }),
    );
  });

  it.each([
    ['827f0020000000000000', 2 ** 53],
    ['827f0020000000000001', '9007199254740993'],
    ['827fffffffffffffffff', '18446744073709551615'],
    ['827e0100', 256],
  ])('reads the length of %s as %s', (hex, value) => {
    expect(fieldNamed(fieldsOfHex(hex), 'extended payload length')?.value).toBe(value);
  });

  it('leaves out the fields that a frame has not', () => {
    expect(fieldsOfHex('8900').map(({ name }) => name)).toEqual(FIELD_NAMES.slice(0, 7));
  });

  it.each([
    ['818537fa213d7f9f4d5158', 'opcode', 'text: begins a message whose payload is UTF-8'],
    ['818537fa213d7f9f4d5158', 'MASK', 'the payload is masked, as in every frame that a client sends'],
    ['818537fa213d7f9f4d5158', 'payload length', 'the payload has 5 bytes'],
    ['818537fa213d7f9f4d5158', 'payload data', '5 bytes of text, masked'],
    ['827e0100', 'payload length', 'the length is in the next 16 bits'],
    ['827f0000000000010000', 'payload length', 'the length is in the next 64 bits'],
    ['827f0000000000010000', 'extended payload length', 'the payload has 65,536 bytes'],
    [
      '82fe000500000000',
      'extended payload length',
      'the payload has 5 bytes, which fits into the 7 bits of a shorter form',
    ],
    ['880203e8', 'payload data', '2 bytes: status code 1000, normal closure'],
    ['888237fa213d3412', 'payload data', '2 bytes, masked: status code 1000, normal closure'],
    ['0b00', 'opcode', 'reserved B: a control frame that must not be sent without an extension'],
    ['0103', 'FIN', 'more fragments of this message follow'],
    ['8000', 'FIN', 'the last fragment of its message'],
    ['c100', 'RSV1', 'set: only an extension that both sides agreed on may set it'],
  ] as const)('explains in %s the field %s', (hex, name, meaning) => {
    expect(fieldNamed(fieldsOfHex(hex), name)?.meaning).toBe(meaning);
  });
});

describe('fieldsOfCutHeader', () => {
  it('tiles the bytes that there are', () => {
    fc.assert(
      fc.property(arbitraryHeader, fc.nat(), (bytes, cut) => {
        const there = bytes.slice(0, 1 + (cut % (bytes.length - 1)));
        expect(tile(fieldsOfCutHeader(there))).toBe(8 * there.length);
      }),
    );
  });

  it('shows what there is of a field that is cut', () => {
    expect(fieldsOfCutHeader(bytesOf('818537fa')).at(-1)).toMatchObject({
      name: 'masking-key',
      bits: 16,
      value: '37fa',
      meaning: 'cut: 2 of 4 bytes arrived',
    });
  });
});
