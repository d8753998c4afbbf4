import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeUnseen, quoteText } from './quote-text.ts';

const anyText = fc.string({ unit: 'binary' });

test.each([
  ['plain “text” é 漢', '"plain “text” é 漢"'],
  ['a\r\nb\t\0', '"a\\r\\nb\\t\\u0000"'],
  ['\u001b[2J\u009b1m\u007f', '"\\u001b[2J\\u009b1m\\u007f"'],
  ['\u202eevil\u2066\u2069\u200f', '"\\u202eevil\\u2066\\u2069\\u200f"'],
  ['\u200b\u200d\ufeff\u00ad', '"\\u200b\\u200d\\ufeff\\u00ad"'],
  ['\u2028\u2029', '"\\u2028\\u2029"'],
  ['\ud800 \u{e0041}', '"\\ud800 \\udb40\\udc41"'],
])('%j', (text, quoted) => expect(quoteText(text)).toBe(quoted));

test('it is JSON, and nothing in it is unseen', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const quoted = quoteText(text);
      expect(JSON.parse(quoted)).toBe(text);
      expect(quoted).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{DI}]/u);
    }),
  );
});

test('a document keeps its lines and its value', () => {
  const value = { text: ['\u202e', '\u009b', '\n'] };
  const json = escapeUnseen(JSON.stringify(value, null, 2));
  expect(json.split('\n')).toHaveLength(7);
  expect(JSON.parse(json)).toEqual(value);
});
