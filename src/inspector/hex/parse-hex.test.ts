import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { formatHex } from '../../bytes/hex.ts';
import { formatHexDump, hexDumpRows } from './hex-dump.ts';
import { parseHex } from './parse-hex.ts';

/** The hex of what a text was read as, or its problem with the characters that it names. */
function read(text: string): string {
  const result = parseHex(text);
  if ('bytes' in result) return hexOf(result.bytes);
  const { sentence, start, end } = result.problem;
  return `${sentence} [${text.slice(start, end)}]`;
}

const HELLO = '818537fa213d7f9f4d5158';
const arbitraryBytes = fc.uint8Array({ minLength: 1, maxLength: 100 });

const pairsOf = (bytes: Uint8Array) => hexOf(bytes).match(/../g) ?? [];

/** As `xxd` writes it. */
function xxd(bytes: Uint8Array): string {
  return hexDumpRows(bytes)
    .map(({ offset, hex, ascii }) => {
      const groups = hex.join('').match(/.{1,4}/g) ?? [];
      return `${offset.toString(16).padStart(8, '0')}: ${groups.join(' ').padEnd(39)}  ${ascii}\n`;
    })
    .join('');
}

/** As Wireshark writes it when a packet's bytes are copied as a hex dump. */
function wireshark(bytes: Uint8Array): string {
  return hexDumpRows(bytes)
    .map(
      ({ offset, hex, ascii }) => `${offset.toString(16).padStart(4, '0')}   ${hex.join(' ').padEnd(47)}   ${ascii}\n`,
    )
    .join('');
}

describe('parseHex', () => {
  it.each<[string, (bytes: Uint8Array) => string]>([
    ['plain digits', formatHex],
    ['upper case', (bytes) => formatHex(bytes).toUpperCase()],
    ['spaces', (bytes) => pairsOf(bytes).join(' ')],
    ['colons', (bytes) => pairsOf(bytes).join(':')],
    ['commas and line ends', (bytes) => pairsOf(bytes).join(',\r\n')],
    [
      '0x',
      (bytes) =>
        pairsOf(bytes)
          .map((pair) => `0x${pair}`)
          .join(' '),
    ],
    [
      '\\x',
      (bytes) =>
        pairsOf(bytes)
          .map((pair) => `\\x${pair}`)
          .join(''),
    ],
    [
      'a Python literal',
      (bytes) =>
        `b'${pairsOf(bytes)
          .map((pair) => `\\x${pair}`)
          .join('')}'`,
    ],
    ['a JavaScript array', (bytes) => `new Uint8Array([${[...bytes].join(', ')}]);`],
    ['what Node prints of an array', (bytes) => `Uint8Array(${bytes.length}) [\n  ${[...bytes].join(', ')}\n]`],
    ['what Node prints of a Buffer', (bytes) => `<Buffer ${pairsOf(bytes).join(' ')}>`],
    [
      'a C array',
      (bytes) =>
        `uint8_t frame[] = {${pairsOf(bytes)
          .map((pair) => `0x${pair}`)
          .join(', ')}};`,
    ],
    ['hexdump -C', (bytes) => `${formatHexDump(bytes)}${bytes.length.toString(16).padStart(8, '0')}\n`],
    ['hexdump -C in rows of 8', (bytes) => formatHexDump(bytes, { bytesPerRow: 8 })],
    ['xxd', xxd],
    ['Wireshark', wireshark],
  ])('reads %s', (_, format) => {
    fc.assert(
      fc.property(arbitraryBytes, (bytes) => {
        expect(read(format(bytes))).toBe(hexOf(bytes));
      }),
    );
  });

  it.each([
    ["b'\\x81\\x857\\xfa!=\\x7f\\x9fMQX'", HELLO],
    ['"\\x81\\5"', 'This escape is not a byte. Write \\x and two hex digits, as in \\x81. [\\5]'],
    ['"\\n\\0\\\\"', '0a005c'],
    ['', ''],
    ['[]', ''],
    ['\t0x0000:  8185 37fa  ..7.', '818537fa'],
    ['000000 81 85\n000002', '8185'],
    ['00000010  aa bb\n00000012  cc\n', 'aabbcc'],
    ['00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n00000030', '00'.repeat(48)],
    ['0001 0203\n0405 0607', '0001020304050607'],
    ['818', 'There are 3 digits in a row, but each byte has two. [818]'],
    ['81 8', '"8" is only half a byte. Write two digits, as in 08. [8]'],
    ['81 xy', '"x" is not a hex digit. Use 0 to 9 and a to f, two for each byte. [x]'],
    ['81 \u{1f600}', 'U+1F600 is not a hex digit. Use 0 to 9 and a to f, two for each byte. [\u{1f600}]'],
    ['81 0xg', 'There is no hex digit after 0x. Write two, as in 0x81. [0x]'],
    ['[129, 256]', '256 is too large: a byte is at most 255. [256]'],
    ['[129, ff]', '"f" is not part of a number. Write each byte in the brackets as 129 or 0x81. [f]'],
    ['"\\x81é"', 'U+00E9 is not ASCII. Write each of its bytes as \\x and two hex digits. [é]'],
    [
      '00000000: 8185\n00000004: 37fa',
      'This row starts at offset 4 (hex), but the rows before it end at 2. A row is missing or incomplete. [00000004:]',
    ],
    [
      '0000000 8581 fa37',
      'hexdump without -C swaps the bytes of each pair. Paste the output of hexdump -C. [ 8581 fa37]',
    ],
    [
      '00000000: 81\n*\n40000000: 81',
      'The repeated rows are more than 16777216 bytes. Paste less at once. [40000000:]',
    ],
    ['00000000: zz', 'There are no bytes after the offset. Write them in hex. [ zz]'],
  ])('reads %j as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('answers any text with bytes or with a problem whose characters stand in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'09afx\\[]{}\'":*| \n,=') })), (text) => {
        const result = parseHex(text);
        if ('bytes' in result) return;
        const { start, end, sentence } = result.problem;
        expect(sentence).not.toBe('');
        expect(0 <= start && start < end && end <= text.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time in proportion to a long text', () => {
    const text = `${'a'.repeat(200_000)} = [`;
    expect(read(text)).toBe('"=" is not a hex digit. Use 0 to 9 and a to f, two for each byte. [=]');
  });
});
