import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { HexDigits, parseHexDigits } from './hex-digits.ts';
import { formatHexDump } from './hex-dump.ts';

/** The bytes as hex, or the sentence of the problem. */
function read(text: string): string {
  const result = parseHexDigits(text);
  return 'bytes' in result ? formatHex(result.bytes) : result.problem.sentence;
}

describe('a field that takes plain hex only', () => {
  test('reads bytes with any separator between them, and none where there is nothing', () => {
    const separator = fc.constantFrom('', ' ', ',', ', ', ':', '\n', ' 0x', '\\x');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), separator, fc.boolean(), (bytes, between, isUpper) => {
        const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
        const text = (between.trim().length > 1 ? between : '').repeat(Math.min(1, bytes.length)) + pairs.join(between);
        // Two zero bytes before a colon and a space look like the offset of a dump; nothing here has both.
        expect(read(isUpper ? text.replace(/[a-f]/g, (digit) => digit.toUpperCase()) : text)).toBe(formatHex(bytes));
      }),
    );
    expect(read('')).toBe('');
  });

  test.each([
    ['hexdump -C', '00000000  81 05 48 65 6c 6c 6f                              |.Hello|\n00000007\n'],
    ['the digits of one row of hexdump -C', '00000000  81 05 48 65 6c 6c 6f'],
    ['a later row of it', '  00000010  6c 6c 6f'],
    ['xxd', '00000000: 8105 4865 6c6c 6f                        .Hello'],
    ['the digits of one row of xxd', '00000010: 8105 4865 6c6c 6f'],
    ['od -A x -t x1', '000000 81 05 48 65 6c 6c 6f'],
    ['Wireshark', '0000   81 05 48 65 6c 6c 6f                               ..Hello'],
    ['tcpdump -X', '\t0x0000:  8105 4865 6c6c 6f'],
  ])('refuses a row of %s, whose offset would be read as bytes', (_, text) => {
    expect(read(text)).toMatch(
      /^"[0-9a-fx]+" looks like the offset of a hex dump\. Paste only the bytes of the row\.$/,
    );
  });

  test('refuses whatever our own dumps print, and marks the offset', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(0xfff0), (bytes, offset) => {
        const text = formatHexDump(bytes, { offset });
        const result = parseHexDigits(text);
        expect('problem' in result && text.slice(result.problem.start, result.problem.end)).toBe(text.slice(0, 8));
      }),
    );
  });

  test.each([
    ['0000 0000 4142', '000000004142'],
    ['00:00:41', '000041'],
    ['00000000', '00000000'],
    ['8105:4865', '81054865'],
    ['8105  4865', '81054865'],
  ])('reads %j, which is no row of a dump', (text, hex) => {
    expect(read(text)).toBe(hex);
  });
});

test('text in pieces is read as in one, wherever it is cut, and a problem has the same place', () => {
  const text = fc.string({ unit: fc.constantFrom(...'09afx\\ ,:g\n'), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.nat(30), (whole, cut) => {
      const [atOnce, inTwo] = [new HexDigits(), new HexDigits()];
      const expected = atOnce.push(whole) ?? atOnce.end();
      const found = inTwo.push(whole.slice(0, cut)) ?? inTwo.push(whole.slice(cut)) ?? inTwo.end();
      expect(found).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});
