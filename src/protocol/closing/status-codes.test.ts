import { describe, expect, test } from 'vitest';
import { ABNORMAL_CLOSURE, maySend, NO_STATUS_RECEIVED, STATUS_CODES, statusCodeInfo } from './status-codes.ts';

const ALL_CODES = Array.from({ length: 0x10000 }, (_, statusCode) => statusCode);

test('the table covers every value of two bytes, without gap or overlap', () => {
  let next = 0;
  for (const { from, to } of STATUS_CODES) {
    expect(from).toBe(next);
    expect(to).toBeGreaterThanOrEqual(from);
    next = to + 1;
  }
  expect(next).toBe(0x10000);
});

test('names are unique', () => {
  expect(new Set(STATUS_CODES.map(({ name }) => name)).size).toBe(STATUS_CODES.length);
});

test('the codes of RFC 6455 §7.4 and the registry of IANA may be sent, and no other', () => {
  const registered = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
  const expected = ALL_CODES.filter((code) => registered.includes(code) || (code >= 3000 && code < 5000));
  expect(ALL_CODES.filter(maySend)).toEqual(expected);
});

test('a script may pass to close() what WHATWG WebSockets names: 1000, and 3000 to 4999', () => {
  const expected = ALL_CODES.filter((code) => code === 1000 || (code >= 3000 && code <= 4999));
  expect(ALL_CODES.filter((code) => statusCodeInfo(code).fromScript)).toEqual(expected);
});

test('the codes that only events have are never sent', () => {
  expect([NO_STATUS_RECEIVED, ABNORMAL_CLOSURE].map(maySend)).toEqual([false, false]);
});

describe('a value that two bytes cannot hold', () => {
  test.each([-1, 0x10000, 1000.5, 4000.5, Number.NaN, Number.POSITIVE_INFINITY])(
    '%d is a mistake of the caller',
    (code) => {
      expect(() => statusCodeInfo(code)).toThrow(RangeError);
    },
  );
});
