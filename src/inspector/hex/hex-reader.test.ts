import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { formatHexDump } from './hex-dump.ts';
import { HexReader, type HexReaderLimits } from './hex-reader.ts';
import { parseHex } from './parse-hex.ts';

/** What a reader makes of a text that comes in pieces of one length: the hex, or a problem with its place. */
function readInPieces(text: string, pieceLength: number, limits?: Partial<HexReaderLimits>): string {
  const reader = new HexReader(limits);
  for (let start = 0; start < text.length; start += pieceLength) {
    const problem = reader.push(text.slice(start, start + pieceLength));
    if (problem !== undefined) return `${problem.line}:${problem.column} ${problem.sentence}`;
  }
  const result = reader.end();
  if ('bytes' in result) return hexOf(result.bytes);
  return `${result.problem.line}:${result.problem.column} ${result.problem.sentence}`;
}

function readWhole(text: string): string {
  const result = parseHex(text);
  if ('bytes' in result) return hexOf(result.bytes);
  const before = text.slice(0, result.problem.start).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1} ${result.problem.sentence}`;
}

/** Of no text anything is looked at before it is read. */
const AT_ONCE = { maxOpening: 0 };
const pieceLengths = fc.integer({ min: 1, max: 40 });

describe('HexReader', () => {
  it('reads digits in pieces as it reads them whole, right or wrong', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789abcdefABCDEF  ,:\n', '81', '0x', '\\x', '\\', 'x', 'é'),
    });
    fc.assert(
      fc.property(digits, pieceLengths, (text, pieceLength) => {
        fc.pre(!/^\s*[0-9a-f]{4,16}:?(\s|$)/i.test(text));
        expect(readInPieces(text, pieceLength, AT_ONCE)).toBe(readWhole(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the rows of a dump in pieces as it reads them whole', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 40, maxLength: 400 }),
        pieceLengths,
        fc.nat(400),
        (bytes, pieceLength, cut) => {
          const dump = formatHexDump(bytes);
          const limits = { maxOpening: 160 };
          expect(readInPieces(dump, pieceLength, limits)).toBe(hexOf(bytes));
          // A line that is missing is missed at the same place.
          const lines = dump
            .split('\n')
            .toSpliced(3 + (cut % 5), 1)
            .join('\n');
          expect(readInPieces(lines, pieceLength, limits)).toBe(readWhole(lines));
        },
      ),
    );
  });

  it('repeats rows, however they come', () => {
    const text = '00000000  aa bb aa bb aa bb aa bb  aa bb aa bb aa bb aa bb  |................|\n*\n00000030  cc\n';
    expect(readInPieces(text, 5, { maxOpening: 20 })).toBe(`${'aabb'.repeat(24)}cc`);
  });

  it('says where a row stands that is no row', () => {
    const dump = `${formatHexDump(new Uint8Array(64))}oops\n`;
    expect(readInPieces(dump, 7, { maxOpening: 160 })).toBe(
      '5:1 This line has no offset, but the lines before it have one. It is incomplete, or not part of this dump.',
    );
  });

  it('reads a string and an array whole, up to a length that it names', () => {
    const literals = ["b'\\x81\\x00'", '[129, 0]', '<Buffer 81 00>', 'uint8_t frame[] = {0x81, 0x00};'];
    for (const text of literals) {
      const limits = { maxOpening: text.startsWith('uint8_t') ? 'uint8_t frame['.length : 0 };
      expect(readInPieces(text, 3, limits)).toBe('8100');
      expect(readInPieces(text, 3, { ...limits, maxLiteral: 6 })).toMatch(/^1:1 .* more than 6 characters/);
    }
  });

  it('reads a row up to a length that it names', () => {
    const row = `00000000: ${'81'.repeat(50)}`;
    expect(readInPieces(row, 9, { maxOpening: 30 })).toBe('81'.repeat(50));
    expect(readInPieces(row, 9, { maxOpening: 30, maxRow: 99 })).toMatch(/^1:1 .* more than 99 characters/);
  });

  it('takes no more bytes than there is memory for', () => {
    expect(readInPieces('81'.repeat(10), 4, { ...AT_ONCE, maxBytes: 9 })).toContain('more than 9 bytes');
    expect(readInPieces('81'.repeat(10), 4, { ...AT_ONCE, maxBytes: 10 })).toBe('81'.repeat(10));
  });
});
