import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeAlone, escapeText, quote } from './escape-text.ts';

describe('escapeText', () => {
  it('leaves what can be seen', () => {
    expect(escapeText('Grüße, 中文, "x"')).toBe('Grüße, 中文, "x"');
  });

  it.each([
    ['\u001b[31m', '\\u{1b}[31m'],
    ['a\r\n\tb', 'a\\r\\n\\tb'],
    ['\u202eabc', '\\u{202e}abc'],
    ['\ud800', '\\u{d800}'],
    ['C:\\n', 'C:\\\\n'],
  ])('writes %j as %s', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it('keeps two texts apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(escapeText(a) === escapeText(b)).toBe(a === b);
      }),
    );
  });
});

describe('escapeAlone', () => {
  it('is as in a text, but for the backslash', () => {
    expect([escapeAlone('\\'), escapeAlone('\u202e'), escapeAlone('\n'), escapeAlone('é')]).toEqual([
      '\\',
      '\\u{202e}',
      '\\n',
      'é',
    ]);
  });
});

describe('quote', () => {
  it.each([
    ['Hello', '"Hello"'],
    ['say "x"\n', '"say \\"x\\"\\n"'],
    ['a'.repeat(40), `"${'a'.repeat(40)}"`],
    ['a'.repeat(41), `"${'a'.repeat(40)}…"`],
    ['\0'.repeat(30), `"${'\\u{0}'.repeat(8)}…"`],
  ])('%j as %s', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });

  it('shows nothing that cannot be seen, and stays short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(quote(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{DI}]/u);
        expect([...quote(text)].length).toBeLessThanOrEqual(43);
      }),
    );
  });
});
