import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkForm } from './form-of-answer.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

describe('the form of an answer', () => {
  test('any 20 bytes in base64 have it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (hash) => {
        expect(checkForm(base64(hash))).toBeUndefined();
      }),
    );
  });

  test('other lengths have not, and the length is told', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        fc.pre(bytes.length !== 20);
        const found = checkForm(base64(bytes));
        expect(found?.name).toBe('wrong-length');
        expect(found?.title).toBe(`The answer holds ${bytes.length} bytes, not 20`);
      }),
    );
  });

  test.each([
    [16, 'like a key or an MD5 hash'],
    [28, 'like a SHA-224 hash'],
    [32, 'like a SHA-256 hash'],
    [48, 'like a SHA-384 hash'],
    [64, 'like a SHA-512 hash'],
    [17, 'decode to 17 bytes.'],
  ])('%d bytes are known for what they may be', (length, known) => {
    expect(checkForm(base64(new Uint8Array(length)))?.evidence).toContain(known);
  });

  test('40 hexadecimal digits are a hash that was not encoded, in either case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.boolean(), (hash, upper) => {
        const hex = Buffer.from(hash).toString('hex');
        expect(checkForm(upper ? hex.toUpperCase() : hex)?.name).toBe('hex-of-another-text');
      }),
    );
  });

  test.each([
    ['abcde', 'The answer has 5 characters. The length of base64 is a multiple of 4.'],
    ['ab=c', 'Character 3 is "="'],
    ['ab c', 'Character 3 is " "'],
    ['abc_', 'Character 4 is "_"'],
    ['====', 'Character 1 is "="'],
  ])('%j is no base64, and the first character that shows it is named', (answer, shown) => {
    expect(checkForm(answer)).toMatchObject({ name: 'not-base64', evidence: expect.stringContaining(shown) });
  });

  test('whatever was pasted, each part of the finding says something, in a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (answer) => {
        const found = checkForm(answer);
        if (found === undefined) return;
        for (const text of [found.title, found.cause, found.evidence, found.fix]) expect(text).toMatch(/^\S.*\.?$/u);
      }),
    );
  });
});
