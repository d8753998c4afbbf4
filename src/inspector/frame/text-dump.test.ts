import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../content/vectors/rfc.json' with { type: 'json' };
import { arbitraryFrame } from '../../../tests/arbitrary-frames.ts';
import { bytesOf, joined } from '../../../tests/bytes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { columnsOf } from '../../text/columns.ts';
import { encodeText } from '../../text/utf8.ts';
import { dumpFrame, type FrameDump } from './frame-dump.ts';
import { formatTextDump, TEXT_DUMP_COLUMNS } from './text-dump.ts';

const HELLO = `frame at byte 518: text, masked, 5 bytes, final; 11 bytes in all

  1... ....               FIN                     1       the whole message is in this frame
  .0.. ....               RSV1                    0       not set: no extension uses it here
  ..0. ....               RSV2                    0       not set: no extension uses it here
  ...0 ....               RSV3                    0       not set: no extension uses it here
  .... 0001               opcode                  1       text: begins a message whose payload is
                                                          UTF-8
  1... ....               MASK                    1       the payload is masked, as in every frame
                                                          that a client sends
  .000 0101               payload length          5       the payload has 5 bytes
  37 fa 21 3d             masking-key                     byte i of the payload is XORed with byte i
                                                          mod 4 of this key
  7f 9f 4d 51 58          payload data                    5 bytes of text, masked

  on the wire  7f 9f 4d 51 58
  XOR the key  37 fa 21 3d 37
  payload      48 65 6c 6c 6f
               H  e  l  l  o

  text  "Hello"
`;

const NOT_FIT_FOR_A_TERMINAL = /[^\P{C}\n]|[\p{Zl}\p{Zp}\p{DI}]/u;

const violation = { rule: 'text-not-utf8', section: '8.1', statusCode: 1007, start: 6, end: 7 } as const;

describe('formatTextDump', () => {
  it('shows a frame bit by bit', () => {
    expect(formatTextDump(dumpFrame(bytesOf('818537fa213d7f9f4d5158')), { offset: 517 })).toBe(HELLO);
  });

  it('adds what is wrong', () => {
    const text = formatTextDump(dumpFrame(bytesOf('81830000000048ff69'), { violations: [violation] }));
    expect(text.split('\n').slice(-4)).toEqual([
      '',
      '  ! Byte 7, payload data: The payload of a text message is valid UTF-8. The receiver fails the',
      '  ! connection with 1007 (invalid payload data). RFC 6455 §8.1.',
      '',
    ]);
  });

  it('lets nothing of a payload reach the terminal as a command, and no line be too wide', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\u001b[2J', '\u0007', '\u202e', '\u2028', '\n', '\ufeff', '中', 'é', '\\', '"', 'a '),
    });
    const texts = fc
      .oneof(hostile, fc.string({ unit: 'binary' }))
      .map((text) => encodeFrame({ opcode: OPCODE.text, payload: encodeText(text) }));
    const closes = hostile.map((text) =>
      encodeFrame({ opcode: OPCODE.close, payload: joined(Uint8Array.of(3, 232), encodeText(text)) }),
    );
    fc.assert(
      fc.property(fc.oneof(texts, closes, arbitraryFrame, fc.uint8Array({ maxLength: 20 })), (bytes) => {
        const text = formatTextDump(dumpFrame(bytes, { violations: [violation] }), { offset: 0 });
        expect(text).not.toMatch(NOT_FIT_FOR_A_TERMINAL);
        for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(TEXT_DUMP_COLUMNS);
      }),
      { numRuns: 500 },
    );
  });

  it('escapes what a dump from elsewhere says', () => {
    const dump: FrameDump = {
      ...dumpFrame(bytesOf('8100')),
      payload: { hex: '', text: '\u001b]0;title\u0007' },
      violations: [{ ...violation, rule: '\u001b[31m' }],
    };
    expect(formatTextDump(dump)).not.toMatch(NOT_FIT_FOR_A_TERMINAL);
    const long = formatTextDump({ ...dump, violations: [{ ...violation, rule: 'x'.repeat(200) }] });
    expect(Math.max(...long.split('\n').map(columnsOf))).toBeLessThanOrEqual(TEXT_DUMP_COLUMNS);
  });

  it('uses the colors of a terminal only where it is told to', () => {
    const dump = dumpFrame(bytesOf('8100'), { violations: [violation] });
    const colored = formatTextDump(dump, { color: true });
    expect(colored.replaceAll(new RegExp(`${String.fromCharCode(0x1b)}\\[\\d+m`, 'g'), '')).toBe(formatTextDump(dump));
    expect(colored).not.toBe(formatTextDump(dump));
  });

  it.each(vectors.frames)('is as wide as it may be for "$name"', ({ hex }) => {
    for (const line of formatTextDump(dumpFrame(bytesOf(hex))).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(TEXT_DUMP_COLUMNS);
    }
  });

  it('says how much it leaves out', () => {
    const long = formatTextDump(dumpFrame(encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(1000) })));
    expect(long).toContain('  and 968 bytes more');
    expect(formatTextDump(dumpFrame(bytesOf('827f7fffffffffffffffaa')))).toContain('  and very many more');
    expect(formatTextDump(dumpFrame(bytesOf('827e0100')))).toContain('  (256 bytes)  ');
  });
});
