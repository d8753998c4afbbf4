import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { FrameSequenceChecker } from './frame-sequence-checker.ts';

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

/** The reader at the frame whose first bytes these are; a masking key of zeros follows if the frame has one. */
function readerAt(firstByte: number, secondByte: number, extendedLength: string): FrameReader {
  const reader = new FrameReader();
  const key = secondByte >= 128 ? '00000000' : '';
  reader.feed(bytesOf(hexByte(firstByte) + hexByte(secondByte) + extendedLength + key));
  reader.next();
  return reader;
}

/** The extended lengths to try with a length field, and whether each is the shortest form. RFC 6455 §5.2. */
const EXTENDED_LENGTHS: Record<number, readonly [hex: string, isMinimal: boolean][]> = {
  126: [
    ['0000', false],
    ['007d', false],
    ['007e', true],
    ['ffff', true],
  ],
  127: [
    ['0000000000000000', false],
    ['000000000000ffff', false],
    ['0000000000010000', true],
  ],
};

/** The plain messages among all pairs of first bytes: a whole text or binary message, no reserved bit set. */
const PLAIN_FIRST_BYTES = [0x81, 0x82];

describe.each(['client', 'server'] as const)('isPlainMessage(), for frames of a %s', (sender) => {
  test('is true exactly for a whole message, masked as it must be, with its length in the shortest form', () => {
    const wrong: string[] = [];
    let plain = 0;
    for (let secondByte = 0; secondByte < 256; secondByte++) {
      const isMaskedRight = sender === 'client' ? secondByte >= 128 : secondByte < 128;
      for (const [extendedLength, isMinimal] of EXTENDED_LENGTHS[secondByte % 128] ?? [['', true]]) {
        for (let firstByte = 0; firstByte < 256; firstByte++) {
          const reader = readerAt(firstByte, secondByte, extendedLength);
          const checker = new FrameSequenceChecker(sender, DEFAULT_LIMITS);
          const expected = PLAIN_FIRST_BYTES.includes(firstByte) && isMaskedRight && isMinimal;
          const isPlain = checker.isPlainMessage(reader);
          // A plain message breaks no rule: the caller skips check().
          const isRight = isPlain === expected && !(isPlain && checker.check(reader) !== undefined);
          if (!isRight) wrong.push(hexByte(firstByte) + hexByte(secondByte) + extendedLength);
          if (isPlain) plain++;
        }
      }
    }
    expect(wrong).toEqual([]);
    // Two opcodes; 126 lengths of 7 bits, two of 16 and one of 64.
    expect(plain).toBe(2 * (126 + 2 + 1));
  });
});

describe('isPlainMessage()', () => {
  const TEXT = readerAt(0x81, 0x85, '');

  /** Whether a text message of 5 bytes is plain after frames that each have the first byte given. */
  function isPlainAfter(firstBytes: readonly number[], limits: Partial<Limits> = {}): boolean {
    const checker = new FrameSequenceChecker('client', { ...DEFAULT_LIMITS, ...limits });
    for (const firstByte of firstBytes) checker.check(readerAt(firstByte, 0x80, ''));
    return checker.isPlainMessage(TEXT);
  }

  test.each<[string, number[], boolean]>([
    ['after a whole message', [0x81], true],
    ['after a ping', [0x89], true],
    ['inside a message', [0x01], false],
    ['inside a message, after a ping', [0x01, 0x89], false],
    ['after the last fragment', [0x01, 0x00, 0x80], true],
    ['after a close frame', [0x88], false],
    ['after a close frame inside a message', [0x01, 0x88], false],
  ])('%s', (_, firstBytes, expected) => {
    expect(isPlainAfter(firstBytes)).toBe(expected);
  });

  test('only up to the length limit, and only if a message may have a fragment at all', () => {
    expect(isPlainAfter([], { maxMessageBytes: 5 })).toBe(true);
    expect(isPlainAfter([], { maxMessageBytes: 4 })).toBe(false);
    expect(isPlainAfter([0x81], { maxMessageBytes: 4 })).toBe(false);
    expect(isPlainAfter([], { maxFragments: 0 })).toBe(false);
    expect(isPlainAfter([], { maxFragments: 1 })).toBe(true);
  });
});
