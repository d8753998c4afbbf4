import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkKey } from './check-key.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

describe('a problem of a key says the mistake, its place and how to fix it', () => {
  test.each([
    ['', 'empty', 0, 0, 'Encode 16 random bytes'],
    ['  ', 'empty', 0, 0, 'Encode 16 random bytes'],
    ['==', 'empty', 0, 2, 'Encode 16 random bytes'],
    ['dGhlIHNh bXBsZSBub25jZQ==', 'white-space-inside', 8, 9, 'Character 9'],
    ['dGhlIHNhbX-sZSBub25jZQ==', 'url-safe-alphabet', 10, 11, 'Write "+"'],
    ['dGhlIHNhbX_sZSBub25jZQ==', 'url-safe-alphabet', 10, 11, 'Write "/"'],
    ['dGhlIHNhbX!sZSBub25jZQ==', 'foreign-character', 10, 11, 'Character 11 is "!"'],
    ['dGhlIHNhbX=sZSBub25jZQ==', 'padding-inside', 10, 11, 'Character 11'],
    ['c2hvcnQ=', 'too-short', 7, 8, '5 bytes'],
    ['dGhlI', 'too-short', 5, 5, 'no whole number'],
    ['dGhlIHNhbXBsZSBub25jZSEh', 'too-long', 22, 24, '18 bytes'],
    ['dGhlIHNhbXBsZSBub25jZQ', 'padding-missing', 22, 22, 'End it in "=="'],
    ['dGhlIHNhbXBsZSBub25jZQ=', 'padding-missing', 23, 23, 'End it in "=="'],
    ['dGhlIHNhbXBsZSBub25jZQ===', 'padding-excess', 24, 25, 'Remove the rest'],
    ['  dGhlIHNhbXBsZSBub25jZR===', 'padding-excess', 26, 27, 'Remove the rest'],
  ])('%j: %s', (key, reason, start, end, part) => {
    expect(checkKey(key)).toEqual({ reason, start, end, sentence: expect.stringContaining(part) });
  });

  test('white space around a key is not a problem', () => {
    expect(checkKey(` ${KEY}\r\n`)).toBeUndefined();
  });
});

describe('the four bits of the last character that belong to no byte may be anything (RFC 4648 §3.5)', () => {
  test.each([
    ['as RFC 6455 §4.1 printed it, before erratum 3150', 'AQIDBAUGBwgJCgsMDQ4PEC=='],
    ['the sample key with its last character changed', 'dGhlIHNhbXBsZSBub25jZR=='],
  ])('%s', (_, key) => {
    expect(Buffer.from(key, 'base64')).toHaveLength(16);
    expect(checkKey(key)).toBeUndefined();
  });
});

test('a text without a problem is base64 of 16 bytes, and the other way round', () => {
  const nearlyKey = fc
    .tuple(fc.nat(KEY.length - 1), fc.constantFrom(...'AQgwBz+/=-_ é'))
    .map(([index, character]) => KEY.slice(0, index) + character + KEY.slice(index + 1));
  fc.assert(
    fc.property(fc.oneof(nearlyKey, fc.base64String({ maxLength: 28 }), fc.string({ maxLength: 28 })), (text) => {
      const bytes = Buffer.from(text, 'base64');
      const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
      const isKey = bytes.length === 16 && /^[A-Za-z0-9+/]{22}==$/.test(trimmed);
      expect(checkKey(text) === undefined).toBe(isKey);
    }),
    { numRuns: 1000 },
  );
});

test('the range of a problem is within the key', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const problem = checkKey(text);
      if (problem === undefined) return;
      expect(problem.start).toBeGreaterThanOrEqual(0);
      expect(problem.end).toBeGreaterThanOrEqual(problem.start);
      expect(problem.end).toBeLessThanOrEqual(text.length);
    }),
  );
});
