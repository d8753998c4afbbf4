import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFrame, arbitraryHeader } from '../../../tests/arbitrary-frames.ts';
import { bytesOf, hexOf } from '../../../tests/bytes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';
import { fieldNamed } from './field.ts';
import { dumpFrame, MAX_SHOWN_BYTES } from './frame-dump.ts';
import { headerOfFields } from './header-of-fields.ts';

const textFrame = (payload: Uint8Array, maskingKey?: number) =>
  encodeFrame({ opcode: OPCODE.text, payload, ...(maskingKey !== undefined && { maskingKey }) });

describe('dumpFrame', () => {
  it('shows every frame as it stood on the wire, and its payload unmasked', () => {
    fc.assert(
      fc.property(arbitraryFrame, (bytes) => {
        const dump = dumpFrame(bytes);
        const { headerLength = 0, maskingKey = 0 } = decodeHeader(bytes) ?? {};
        expect(dump).toMatchObject({ byteLength: bytes.length, hex: hexOf(bytes), truncated: false, violations: [] });
        expect(dump.payload.hex).toBe(hexOf(mask(bytes.subarray(headerLength), maskingKey)));
      }),
    );
  });

  it('gives the text of every text message', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.option(fc.nat(0xffffffff), { nil: undefined }), (text, key) => {
        expect(dumpFrame(textFrame(encodeText(text), key)).payload.text).toBe(text);
      }),
    );
  });

  it.each([
    ['a binary message', '820548656c6c6f', undefined],
    ['a ping', '890548656c6c6f', undefined],
    ['bytes that are not UTF-8', '8102c328', undefined],
    ['a close frame with no reason', '880203e8', undefined],
    ['a close frame with no body', '8800', undefined],
    ['a close reason', '880503e8627965', 'bye'],
    ['a first fragment', '010348656c', 'Hel'],
    ['a fragment that begins within a character', '8002ac21', undefined],
    ['an empty text message', '8100', ''],
    ['a text that begins with U+FEFF', '8104efbbbf21', '\ufeff!'],
  ])('tells the text of %s', (_, hex, text) => {
    const messageOpcode = OPCODE.text;
    expect(dumpFrame(bytesOf(hex), { messageOpcode }).payload.text).toBe(text);
  });

  it('tells no text of a fragment of a binary message', () => {
    expect(dumpFrame(bytesOf('80026c6f'), { messageOpcode: OPCODE.binary }).payload.text).toBeUndefined();
  });

  it.each([0, 1, 2, 3])('cuts a long text after a whole character, %s bytes further', (further) => {
    const text = 'x'.repeat(further) + '\u{1f600}'.repeat(MAX_SHOWN_BYTES / 4);
    const frame = textFrame(encodeText(text), 0x37fa213d);
    const dump = dumpFrame(frame);
    expect(dump).toMatchObject({ byteLength: frame.length, truncated: true });
    expect(dump.hex).toBe(hexOf(frame.subarray(0, MAX_SHOWN_BYTES)));
    expect(dump.payload.text).not.toContain('\ufffd');
    expect(text.startsWith(dump.payload.text ?? '?')).toBe(true);
    const shown = encodeText(dump.payload.text ?? '').length;
    expect(shown).toBeGreaterThan(MAX_SHOWN_BYTES - 14 - 4);
    expect(dump.fields.at(-1)?.bits).toBe(8 * encodeText(text).length);
  });

  it('has what a program needs of the header beside its fields, and both agree', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryFrame, arbitraryHeader), (bytes) => {
        const { opcode, fin, masked, payloadLength, fields } = dumpFrame(bytes);
        const [first = 0, second = 0] = bytes;
        expect({ opcode, fin, masked }).toEqual({ opcode: first & 15, fin: first > 127, masked: second > 127 });
        const length = fieldNamed(fields, 'extended payload length') ?? fieldNamed(fields, 'payload length');
        expect(payloadLength).toBe(length?.value);
        expect(headerOfFields(fields)).toEqual({ opcode, fin, masked, payloadLength });
      }),
    );
  });

  it('of a frame cut within its header, has what arrived, and no payload length', () => {
    fc.assert(
      fc.property(arbitraryHeader, fc.nat(13), (header, cut) => {
        const bytes = header.subarray(0, Math.min(cut, header.length - 1));
        const dump = dumpFrame(bytes);
        const { opcode, fin, masked } = dump;
        const [first, second] = bytes;
        expect({ opcode, fin, masked }).toEqual({
          opcode: first === undefined ? undefined : first & 15,
          fin: first === undefined ? undefined : first > 127,
          masked: second === undefined ? undefined : second > 127,
        });
        expect(dump).not.toHaveProperty('payloadLength');
        expect(dump).toMatchObject(headerOfFields(dump.fields));
      }),
    );
  });

  it.each([
    ['827f0020000000000000', 2 ** 53],
    ['827f0020000000000001', '9007199254740993'],
    ['827fffffffffffffffff', '18446744073709551615'],
  ])('says the length in %s exactly', (hex, payloadLength) => {
    expect(dumpFrame(bytesOf(hex)).payloadLength).toBe(payloadLength);
  });

  it('dumps what there is of a frame that ends within its header', () => {
    expect(dumpFrame(bytesOf('8185'))).toMatchObject({ byteLength: 2, hex: '8185', truncated: true });
  });

  it('leaves out what follows the frame', () => {
    expect(dumpFrame(bytesOf('81024869ffff'))).toMatchObject({ hex: '81024869', truncated: false });
  });
});
