import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCuts, bytesOf, cutAt, hexOf, joined, placedAt } from '../../tests/bytes.ts';
import { decodeText, encodeText, Utf8Checker } from './utf8.ts';

const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function isText(bytes: Uint8Array): boolean {
  try {
    fatal.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What may follow some first bytes of a character: each byte that may, and what may follow that one. */
type Following = Map<number, Following>;

const WHOLE_CHARACTER: Following = new Map();

/** All characters there are, byte by byte as the platform encodes them. */
const firstBytes: Following = (() => {
  const root: Following = new Map();
  const target = new Uint8Array(4);
  const encoder = new TextEncoder();
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
    const { written } = encoder.encodeInto(String.fromCodePoint(codePoint), target);
    let following = root;
    for (let i = 0; i < written; i++) {
      const byte = target[i] as number;
      const next = following.get(byte) ?? (i === written - 1 ? WHOLE_CHARACTER : new Map());
      following.set(byte, next);
      following = next;
    }
  }
  return root;
})();

/** The index of the first byte that no valid text can have there, looked up among all characters; -1 for none. */
function firstWrongByte(bytes: Uint8Array): number {
  let following = firstBytes;
  return bytes.findIndex((byte) => {
    const next = following.get(byte);
    following = next === undefined || next === WHOLE_CHARACTER ? firstBytes : next;
    return next === undefined;
  });
}

/** Where the checker stops in a text that comes in chunks, counted from the first chunk; -1 where it does not. */
function whereItStops(checker: Utf8Checker, chunks: readonly Uint8Array[]): number {
  let before = 0;
  for (const chunk of chunks) {
    const wrong = checker.push(chunk);
    if (wrong !== -1) return before + wrong;
    before += chunk.length;
  }
  return -1;
}

const text = fc.string({ unit: 'binary', maxLength: 20 });
const longAscii = fc.nat(300).map((length) => 'x'.repeat(length));
const validBytes = fc.array(fc.oneof(text, longAscii), { maxLength: 4 }).map((texts) => encodeText(texts.join('')));
const mutatedBytes = fc
  .tuple(validBytes, fc.nat(), fc.nat(255))
  .map(([bytes, at, byte]) => (bytes.length === 0 ? bytes : bytes.with(at % bytes.length, byte)));
const cutBytes = fc.tuple(validBytes, fc.nat()).map(([bytes, end]) => bytes.slice(0, end % (bytes.length + 1)));
const characterStarts = fc.array(
  fc.oneof(
    fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0xf5),
    fc.nat(255),
  ),
  { maxLength: 8 },
);
const anyBytes = fc.oneof(
  validBytes,
  mutatedBytes,
  cutBytes,
  fc.uint8Array({ maxLength: 60 }),
  characterStarts.map((bytes) => Uint8Array.from(bytes)),
);

const platforms = {
  'the platform’s decoder': undefined,
  'a platform that tells without decoding': isText,
  'no platform': () => false,
};

describe.each(Object.entries(platforms))('the checker, with %s', (_, isUtf8) => {
  const newChecker = () => new Utf8Checker(isUtf8);

  test('agrees with TextDecoder on what is UTF-8, for any split and place in memory', () => {
    fc.assert(
      fc.property(anyBytes, arbitraryCuts, fc.nat(7), (bytes, cuts, byteOffset) => {
        const checker = newChecker();
        const chunks = cutAt(bytes, cuts).map((chunk) => placedAt(byteOffset, chunk));
        expect(whereItStops(checker, chunks) === -1 && checker.atCharacterBoundary).toBe(isText(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  test('names the first byte that no valid text can have there, for any split', () => {
    fc.assert(
      fc.property(anyBytes, arbitraryCuts, (bytes, cuts) => {
        expect(whereItStops(newChecker(), cutAt(bytes, cuts))).toBe(firstWrongByte(bytes));
      }),
      { numRuns: 500 },
    );
  });

  test('knows every pair of first and second byte', () => {
    for (let pair = 0; pair <= 0xffff; pair++) {
      const bytes = Uint8Array.of(pair >> 8, pair);
      const found = newChecker().push(bytes);
      if (found !== firstWrongByte(bytes)) expect.fail(`${hexOf(bytes)}: ${found}, not ${firstWrongByte(bytes)}`);
    }
  });

  test.each(['41414141', '80414141', '80804141', '80808080'])('and every pair before %s', (hex) => {
    const bytes = joined(Uint8Array.of(0, 0), bytesOf(hex));
    for (let pair = 0; pair <= 0xffff; pair++) {
      bytes[0] = pair >> 8;
      bytes[1] = pair;
      const found = newChecker().push(bytes);
      if (found !== firstWrongByte(bytes)) expect.fail(`${hexOf(bytes)}: ${found}, not ${firstWrongByte(bytes)}`);
    }
  });

  test('finds what is wrong in a long text of many scripts', () => {
    const text = encodeText('Zwölf Boxkämpfer; Съешь же ещё; いろはに 🦊. '.repeat(20));
    for (let wrong = 0; wrong < text.length; wrong++) {
      const bytes = text.with(wrong, 0xff);
      expect(newChecker().push(bytes)).toBe(wrong);
    }
  });

  test('finds one wrong byte anywhere in a long run of ASCII, at every alignment', () => {
    for (let byteOffset = 0; byteOffset < 8; byteOffset++) {
      for (let length = 1; length <= 100; length++) {
        const bytes = placedAt(byteOffset, new Uint8Array(length).fill(0x41));
        expect(newChecker().push(bytes)).toBe(-1);
        for (let wrong = 0; wrong < length; wrong++) {
          bytes[wrong] = 0xff;
          const found = newChecker().push(bytes);
          if (found !== wrong) expect.fail(`${length} bytes at ${byteOffset}: ${found}, not ${wrong}`);
          bytes[wrong] = 0x41;
        }
      }
    }
  });

  test.each([
    ['an overlong slash', 'c0af', 0],
    ['a surrogate', 'eda080', 1],
    ['past U+10FFFF', 'f4908080', 1],
    ['a continuation byte alone', '4180', 1],
    ['a character cut by the next', 'e28241', 2],
    ['the example of the public suite', 'cebae1bdb9cf83cebcceb5eda080656469746564', 12],
  ])('%s: %s is wrong at byte %i', (_, hex, wrong) => {
    expect(newChecker().push(bytesOf(hex))).toBe(wrong);
  });

  test('tells whether the text ends with a whole character', () => {
    const checker = newChecker();
    const boundaries = Array.from(bytesOf('f09f9982'), (byte) => {
      checker.push(Uint8Array.of(byte));
      return checker.atCharacterBoundary;
    });
    expect(boundaries).toEqual([false, false, false, true]);
  });
});

describe('text and bytes', () => {
  test('decoding what was encoded gives the same text, U+FEFF at its start included', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((rest) => `\ufeff${rest}`),
        ),
        (original) => {
          expect(decodeText(encodeText(original))).toBe(original);
        },
      ),
    );
  });

  test('a lone surrogate becomes U+FFFD, as in a browser', () => {
    expect(hexOf(encodeText('a\ud800b'))).toBe('61efbfbd62');
  });

  test('bytes that are not UTF-8 are no text, and throw nothing', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(decodeText(bytes) === undefined).toBe(!isText(bytes));
      }),
    );
  });
});
