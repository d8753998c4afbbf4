import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, hexOf, joined } from '../../../tests/bytes.ts';
import { encodeText } from '../../text/utf8.ts';
import { inflate } from './inflate.ts';

const NOTHING_SEEN = { bytes: new Uint8Array(0), isUnknown: new Uint8Array(0) };
const TAIL = bytesOf('0000ffff');
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Words that repeat, as real messages have them, so that there are matches. */
const arbitraryMessage = fc
  .array(fc.constantFrom('price', 'symbol', '{"', '":', ',', 'a', 'zz', '0.1', '\u00fc', 'aaaaaaaa'), {
    maxLength: 200,
  })
  .map((words) => encodeText(words.join('')));

describe('the examples of RFC 7692', () => {
  test('a fixed block, §7.2.3.1', () => {
    const { output, blocks, ending } = inflate(joined(bytesOf('f248cdc9c90700'), TAIL));
    expect(text(output)).toBe('Hello');
    expect(ending).toBe('complete');
    expect(blocks).toMatchObject([
      { kind: 'fixed', final: false, startBit: 0, bodyBit: 3, outputStart: 0, outputEnd: 5, codeCount: 5 },
      { kind: 'stored', final: false, outputStart: 5, outputEnd: 5, codeCount: 0 },
    ]);
    expect(blocks[0]?.codes[0]).toEqual({ startBit: 3, endBit: 11, outputStart: 0, literal: 0x48 });
  });

  test('a match into the message before, §7.2.3.2', () => {
    const { output, blocks } = inflate(joined(bytesOf('f200110000'), TAIL), { window: encodeText('Hello') });
    expect(text(output)).toBe('Hello');
    expect(blocks[0]?.codes).toMatchObject([{ literal: 0x48 }, { outputStart: 1, match: { length: 4, distance: 5 } }]);
  });

  test('a stored block, §7.2.3.3', () => {
    const { output, blocks } = inflate(joined(bytesOf('000500faff48656c6c6f00'), TAIL));
    expect(text(output)).toBe('Hello');
    expect(blocks[0]).toMatchObject({ kind: 'stored', bodyBit: 40, endBit: 80, outputEnd: 5 });
  });

  test('a final block, §7.2.3.4', () => {
    const { output, blocks } = inflate(joined(bytesOf('f348cdc9c9070000'), TAIL));
    expect(text(output)).toBe('Hello');
    expect(blocks.map(({ final }) => final)).toEqual([true, false]);
  });

  test('two blocks, §7.2.3.5', () => {
    const { output, blocks } = inflate(joined(bytesOf('f24805000000ffffcac9c90700'), TAIL));
    expect(text(output)).toBe('Hello');
    expect(blocks.map(({ kind, outputEnd }) => `${kind} ${outputEnd}`)).toEqual([
      'fixed 2',
      'stored 2',
      'fixed 5',
      'stored 5',
    ]);
  });
});

describe('beside zlib', () => {
  const level = fc.constantFrom(0, 1, 6, 9);
  const strategy = fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
  );

  test('the same bytes come out, and the blocks and codes tile the bits and the output', () => {
    const property = fc.property(arbitraryMessage, level, strategy, (message, l, s) => {
      const packed = deflateRawSync(message, { level: l, strategy: s, finishFlush: constants.Z_SYNC_FLUSH });
      const { output, blocks, ending } = inflate(packed, { maxCodes: Number.POSITIVE_INFINITY });
      expect(hexOf(output)).toBe(hexOf(message));
      expect(ending).toBe('complete');
      let [bit, at] = [0, 0];
      for (const block of blocks) {
        expect([block.startBit, block.outputStart]).toEqual([bit, at]);
        let codeBit = block.bodyBit;
        for (const code of block.codes) {
          expect([code.startBit, code.outputStart]).toEqual([codeBit, at]);
          codeBit = code.endBit;
          at += code.match?.length ?? 1;
        }
        if (block.kind === 'stored') at = block.outputEnd;
        expect(at).toBe(block.outputEnd);
        expect(block.codes.length).toBe(block.codeCount);
        bit = block.endBit;
      }
      expect(packed.length * 8 - bit).toBeLessThan(8);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('a window before it is used as zlib uses a dictionary', () => {
    const property = fc.property(arbitraryMessage, arbitraryMessage, (before, message) => {
      const dictionary = before.length === 0 ? undefined : before;
      const packed = deflateRawSync(message, { dictionary, finishFlush: constants.Z_SYNC_FLUSH });
      expect(hexOf(inflate(packed, { window: before }).output)).toBe(hexOf(message));
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('with the window unknown, every byte that is said to be known is right', () => {
    const property = fc.property(arbitraryMessage, arbitraryMessage, (before, message) => {
      fc.pre(before.length > 0);
      const packed = deflateRawSync(message, { dictionary: before, finishFlush: constants.Z_SYNC_FLUSH });
      const { output, unknown, ending } = inflate(packed, { window: NOTHING_SEEN });
      expect(ending).toBe('complete');
      expect(output.length).toBe(message.length);
      const known = [...output].map((byte, i) =>
        unknown.some(({ start, end }) => i >= start && i < end) ? message[i] : byte,
      );
      expect(known).toEqual([...message]);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('what zlib refuses is refused, what it takes is taken, and nothing throws', () => {
    const packed = deflateRawSync(encodeText('{"price":1,"price":2,"symbol":"zz"}'.repeat(3)), { level: 9 });
    const property = fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Uint8Array.from(packed, (byte, i) => (i === at ? byte ^ change : byte));
      let expected: string | undefined;
      try {
        expected = hexOf(new Uint8Array(inflateRawSync(changed, { maxOutputLength: 1 << 20 })));
      } catch {
        expected = undefined;
      }
      const { blocks, output, ending } = inflate(changed);
      const end = blocks.findIndex(({ final }) => final);
      const read = end < 0 ? undefined : hexOf(output.subarray(0, blocks[end]?.outputEnd));
      const isWhole = end >= 0 && (end < blocks.length - 1 || ending === 'complete');
      expect(isWhole ? read : undefined).toBe(expected);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('what is wrong, and where', () => {
  test.each([
    ['type 3', '07', 'The block has type 3, which is reserved.', 1],
    ['two lengths that differ', '000500fbff', 'The two lengths of the stored block do not fit each other.', 8],
    ['a match before the first byte', 'f200110000', 'The copy reaches 5 bytes back, but only 1 came before it.', 11],
  ])('%s', (_, hex, sentence, bit) => {
    expect(inflate(bytesOf(hex))).toMatchObject({ ending: 'malformed', problem: { sentence, bit } });
  });

  test('a stream that is cut keeps what came before the cut', () => {
    const { output, ending, blocks } = inflate(bytesOf('f248cdc9'));
    expect(text(output)).toBe('Hel');
    expect(ending).toBe('cut');
    expect(blocks).toMatchObject([{ kind: 'fixed', outputEnd: 3, codeCount: 3 }]);
  });

  test('a bomb stops at the limit', () => {
    const packed = deflateRawSync(new Uint8Array(10_000_000));
    const { output, ending } = inflate(packed, { maxOutputBytes: 1000 });
    expect(ending).toBe('too long');
    expect(output.length).toBe(1000);
  });

  test('blocks past the limit are counted, not kept', () => {
    const { blocks, blockCount } = inflate(
      new Uint8Array(5000).map((_, i) => (i % 5 > 2 ? 0xff : 0)),
      { maxBlocks: 3 },
    );
    expect(blocks.length).toBe(3);
    expect(blockCount).toBe(1000);
  });
});
