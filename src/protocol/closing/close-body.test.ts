import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, hexOf, joined } from '../../../tests/bytes.ts';
import { checkCloseBody, decodeCloseBody, encodeCloseBody, MAX_REASON_BYTES } from './close-body.ts';
import { CLOSING_RULES } from './rules.ts';
import { maySend, STATUS_CODES } from './status-codes.ts';

const sendableCodes = fc.constantFrom(...Array.from({ length: 0x10000 }, (_, code) => code).filter(maySend));
const reasons = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .filter((reason) => new TextEncoder().encode(reason).length <= MAX_REASON_BYTES);

test('decoding what was encoded gives the same code and reason, and breaks no rule', () => {
  fc.assert(
    fc.property(sendableCodes, reasons, (closeCode, reason) => {
      const body = encodeCloseBody(closeCode, reason);
      expect(decodeCloseBody(body)).toEqual({ closeCode, reason });
      expect(checkCloseBody(body)).toBeUndefined();
    }),
  );
});

test('an empty body is decoded as 1005, which is never encoded', () => {
  expect(encodeCloseBody(undefined)).toEqual(new Uint8Array(0));
  expect(decodeCloseBody(new Uint8Array(0))).toEqual({ closeCode: 1005, reason: '' });
  expect(checkCloseBody(new Uint8Array(0))).toBeUndefined();
});

test('a reason of 123 bytes fits, one more does not', () => {
  expect(encodeCloseBody(1000, '*'.repeat(123)).length).toBe(125);
  expect(() => encodeCloseBody(1000, '*'.repeat(124))).toThrow(/124 bytes.*at most 123/);
  expect(() => encodeCloseBody(1000, 'é'.repeat(62))).toThrow(/124 bytes/);
});

test('a reason needs a status code before it', () => {
  expect(() => encodeCloseBody(undefined, 'bye')).toThrow(RangeError);
});

describe('every status code', () => {
  const codes = Array.from({ length: 0x10000 }, (_, code) => code);

  test('is encoded exactly if it may be sent', () => {
    for (const code of codes.filter(maySend))
      expect(hexOf(encodeCloseBody(code))).toBe(code.toString(16).padStart(4, '0'));
    const neverSent = STATUS_CODES.filter(({ sender }) => sender === 'nobody').flatMap(({ from, to }) => [from, to]);
    for (const code of [...neverSent, -1, 0x10000]) expect(() => encodeCloseBody(code)).toThrow(RangeError);
  });

  test('is a violation exactly if it must not be sent, by its two bytes', () => {
    for (const code of codes) {
      const violation = checkCloseBody(Uint8Array.of(code >> 8, code));
      const wrong = violation !== undefined;
      if (wrong === maySend(code)) expect.fail(`${code}: ${violation?.rule}`);
      if (wrong && (violation.start !== 0 || violation.end !== 2 || violation.statusCode !== 1002)) {
        expect.fail(`${code}: ${JSON.stringify(violation)}`);
      }
    }
  });

  test('breaks the rule for it', () => {
    const ruleOf = (code: number) => checkCloseBody(Uint8Array.of(code >> 8, code))?.rule;
    const firstAndLast = [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 0xffff];
    expect(firstAndLast.map(ruleOf)).toEqual(
      [
        'below-1000',
        'below-1000',
        '1004',
        '1005',
        '1006',
        '1015',
        'unassigned',
        'unassigned',
        'from-5000',
        'from-5000',
      ].map((end) => `close-code-${end}`),
    );
  });
});

test('in a body of one byte, that byte is the violation', () => {
  const { name } = CLOSING_RULES.bodyOfOneByte;
  expect(checkCloseBody(Uint8Array.of(3))).toMatchObject({ rule: name, start: 0, end: 1 });
});

test.each([
  ['a byte that no text has', '48ff69', 3, 4],
  ['a character that does not end', 'e282', 3, 4],
  ['a surrogate', 'eda080', 3, 4],
])('a reason with %s is wrong at that byte', (_, reason, start, end) => {
  const body = joined(bytesOf('03e8'), bytesOf(reason));
  expect(checkCloseBody(body)).toMatchObject({ rule: 'close-reason-not-utf8', statusCode: 1007, start, end });
});

test('any bytes are decoded, and none throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 125 }), (body) => {
      expect(decodeCloseBody(body).closeCode).toBe(
        body.length < 2 ? 1005 : Number.parseInt(hexOf(body.slice(0, 2)), 16),
      );
      const violation = checkCloseBody(body);
      if (violation === undefined) return;
      expect(violation.start).toBeGreaterThanOrEqual(0);
      expect(violation.end).toBeGreaterThan(violation.start);
      expect(violation.end).toBeLessThanOrEqual(body.length);
    }),
  );
});
